using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Keys;

/// <summary>Tests on a server of their own that takes keys, on both databases.</summary>
public abstract class OnKeyServer : IAsyncLifetime
{
    internal KeyServer Keys { get; private set; } = null!;

    internal abstract DatabaseKind Kind { get; }

    public async Task InitializeAsync()
    {
        if (Kind == DatabaseKind.Postgres && RequiredTools.PostgresSkipReason is not null) return;
        Keys = await KeyServer.StartAsync(Kind);
    }

    public async Task DisposeAsync()
    {
        if (Keys is not null) await Keys.DisposeAsync();
    }
}
