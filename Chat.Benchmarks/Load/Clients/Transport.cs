namespace Chat.Benchmarks.Load.Clients;

/// <summary>The protocol of the load's clients.</summary>
internal enum Transport
{
    /// <summary>Raw frames, with sequences.</summary>
    Raw,

    /// <summary>The JSON hub protocol on a client as light as the raw one, so that the server is what is
    /// measured.</summary>
    Hub,

    /// <summary>The MessagePack hub protocol on a client as light as that one.</summary>
    MessagePack,

    /// <summary>The SDK's hub connection, as an application uses it.</summary>
    Sdk,
}
