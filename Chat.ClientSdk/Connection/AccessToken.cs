namespace Chat.ClientSdk.Connection;

/// <summary>The bearer token of one connection: the application's, until a redirect brings another.</summary>
internal sealed class AccessToken(Func<CancellationToken, ValueTask<string?>>? provider)
{
    private volatile Func<CancellationToken, ValueTask<string?>>? _provider = provider;

    public ValueTask<string?> GetAsync(CancellationToken ct) => _provider is { } provider ? provider(ct) : default;

    public void Replace(string token) => _provider = _ => ValueTask.FromResult<string?>(token);
}
