namespace Chat.Server.Embedding;

/// <summary>A scope of the application's services, which ends with the scope of the chat that it was made in.</summary>
internal sealed class HostScope(HostServices host) : IAsyncDisposable, IDisposable
{
    private readonly AsyncServiceScope _scope = host.Provider.CreateAsyncScope();

    public IServiceProvider Provider => _scope.ServiceProvider;

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    public void Dispose() => _scope.Dispose();
}
