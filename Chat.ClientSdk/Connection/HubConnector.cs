namespace Chat.ClientSdk.Connection;

/// <summary>Makes connections to the server of the options.</summary>
internal sealed class HubConnector(ChatClientOptions options) : IChatConnector
{
    public IChatConnection Create() => new HubChatConnection(options);
}
