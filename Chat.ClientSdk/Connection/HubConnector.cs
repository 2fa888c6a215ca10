namespace Chat.ClientSdk.Connection;

/// <summary>Makes connections to the server of the options.</summary>
internal sealed class HubConnector(ChatClientOptions options) : IChatConnector
{
    private readonly ChatClientOptions _options = options.ForOneClient();

    public IChatConnection Create() => new HubChatConnection(_options);
}
