namespace Chat.ClientSdk.Connection;

/// <summary>Makes connections. Two of them live at a time when the server has asked to connect again: then the new one
/// takes over from the old.</summary>
internal interface IChatConnector
{
    IChatConnection Create();
}
