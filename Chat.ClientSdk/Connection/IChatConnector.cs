namespace Chat.ClientSdk.Connection;

/// <summary>Creates connections. There are two at a time when the server has asked to reconnect: the new one replaces
/// the old one.</summary>
internal interface IChatConnector
{
    IChatConnection Create();
}
