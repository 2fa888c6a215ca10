namespace Chat.Server.FanOut.Backplane;

/// <summary>Receives messages of the backplane. Called by one thread at a time; must not block and must not
/// throw.</summary>
internal interface IBackplaneReceiver
{
    /// <summary>A message of another instance. The receiver owns the bytes.</summary>
    void Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message);

    /// <summary>Messages may have been lost until now and are carried again: the receiver must read the
    /// database.</summary>
    void Recover();
}
