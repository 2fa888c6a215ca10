namespace Chat.Server.FanOut.Backplane;

/// <summary>One kind of message between instances, with its own meaning and encoding. Registered as a service;
/// <see cref="BackplaneExchange"/> finds it by its kind.</summary>
internal interface IBackplaneTopic
{
    MessageKind Kind { get; }

    /// <summary>A message of another instance, which may run an older or newer version: whatever cannot be read is an
    /// <see cref="InvalidDataException"/>, and is passed over.</summary>
    void Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message);

    /// <summary>Messages may have been lost until now.</summary>
    void Recover();
}

/// <summary>The first byte of every message. Numbers are never used again for something else: instances of two versions
/// may run at once.</summary>
internal enum MessageKind : byte
{
    /// <summary>Committed entries of one conversation.</summary>
    Entries = 1,

    /// <summary>A typist or a read position, of one conversation.</summary>
    Signal = 2,

    /// <summary>Who is connected to the sending instance.</summary>
    Presence = 3,

    /// <summary>Whose access to a conversation changed.</summary>
    Access = 4,

    /// <summary>A client left the REST room.</summary>
    Room = 5,
}
