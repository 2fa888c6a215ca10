using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Npgsql;

namespace Chat.Tests.Faults;

/// <summary>A firewall forgets connections that were quiet for a while: nothing passes, and nobody is told.</summary>
public sealed class ForgottenConnectionTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private FaultProxy _proxy = null!;
    private StoreHost _stores = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        if (RequiredTools.PostgresSkipReason is not null) return;
        _database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        var settings = new NpgsqlConnectionStringBuilder(_database.Settings.ConnectionString);
        _proxy = new FaultProxy(settings.Port);
        settings.Port = _proxy.Port;
        // With the time that a statement has by default: on a busy machine those that are answered need more than 1 s.
        _stores = new StoreHost(new DatabaseSettings(DatabaseKind.Postgres, settings.ConnectionString));
        // As many sessions as there may be.
        await Task.WhenAll(Enumerable.Range(0, 40).SelectMany(_ => (Task[])[ReadAsync(), CommitAsync()]));
        Assert.True(_proxy.Connections > 2);
    }

    public async Task DisposeAsync()
    {
        if (RequiredTools.PostgresSkipReason is not null) return;
        await _stores.DisposeAsync();
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    [PostgresFact]
    public async Task The_first_that_notices_lets_go_of_all_sessions_so_that_the_others_need_not()
    {
        _proxy.Forget();

        await Assert.ThrowsAsync<StoreException>(() => ReadAsync().WaitAsync(Bounds.Wait));
        await Assert.ThrowsAsync<StoreException>(() => CommitAsync().WaitAsync(Bounds.Wait));
        await NobodyNoticesAsync();
    }

    /// <summary>The server asks so every 10 s.</summary>
    [PostgresFact]
    public async Task Sessions_that_were_forgotten_while_nobody_used_them_are_let_go_when_they_are_asked()
    {
        await _stores.Postgres.AskAllAsync(None);
        _proxy.Forget();

        await Assert.ThrowsAsync<StoreException>(() => _stores.Postgres.AskAllAsync(None).WaitAsync(Bounds.Wait));
        await NobodyNoticesAsync();
    }

    [PostgresFact]
    public async Task All_idle_sessions_are_asked_and_not_the_same_ones_again()
    {
        var own = $"datname = current_database() and application_name = '{_stores.Postgres.ApplicationName}'";
        var before = Assert.Single(await _database.QueryAsync("select clock_timestamp()::text"));

        await _stores.Postgres.AskAllAsync(None);

        Assert.Empty(await _database.QueryAsync(
            $"select pid from pg_stat_activity where {own} and state_change < '{before}'"));
        Assert.True((await _database.QueryAsync($"select pid from pg_stat_activity where {own}")).Count > 2);
    }

    private async Task NobodyNoticesAsync()
    {
        for (var i = 0; i < 40; i++)
        {
            await ReadAsync();
            await CommitAsync();
        }
    }

    private Task ReadAsync() => _stores.RoomClients.FindJoinedAsync([UserId.Parse("ann")], None);

    private Task CommitAsync() =>
        _stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(ConversationId.Lobby)), Drafts.Noon, None);
}
