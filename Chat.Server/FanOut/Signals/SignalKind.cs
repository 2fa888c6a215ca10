namespace Chat.Server.FanOut.Signals;

[Flags]
internal enum SignalKind
{
    None = 0,
    Typing = 1,
    Read = 2,
    Presence = 4,
    List = 8,
    User = 16,
    Report = 32,
    Reactions = 64,
}
