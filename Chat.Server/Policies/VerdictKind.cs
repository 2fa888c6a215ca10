namespace Chat.Server.Policies;

internal enum VerdictKind
{
    /// <summary>Of a verdict that no policy made: it decided nothing.</summary>
    None,
    Allow,
    Refuse,
    Replace,
}
