namespace Chat.Server.FanOut.Backplane;

/// <summary>Who is told what comes over the backplane. Called by one thread at a time; must not block and does not
/// throw.</summary>
internal interface IBackplaneReceiver
{
    /// <summary>A message of another instance. The bytes are the receiver's to keep.</summary>
    void Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message);

    /// <summary>Messages may have been lost until now, from now on they come: look at the database.</summary>
    void Recover();
}
