namespace Chat.Server.FanOut.Backplane;

/// <summary>One kind of message between instances, with its own meaning and encoding. Registered as a service;
/// <see cref="BackplaneExchange"/> finds it by its kind.</summary>
internal interface IBackplaneTopic
{
    MessageKind Kind { get; }

    /// <summary>A message of another instance, which may run an older or newer version: an unreadable message is an
    /// <see cref="InvalidDataException"/> and is skipped.</summary>
    void Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message);

    /// <summary>Messages may have been lost until now.</summary>
    void Recover();
}
