using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Npgsql;

namespace Chat.Tests.Faults;

/// <summary>A firewall forgets connections that were quiet for a while: nothing passes, and nobody is told.</summary>
public sealed class ForgottenConnectionTests
{
    private static CancellationToken None => CancellationToken.None;

    [PostgresFact]
    public async Task The_first_that_notices_lets_go_of_all_sessions_so_that_the_others_need_not()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        var settings = new NpgsqlConnectionStringBuilder(database.Settings.ConnectionString);
        await using var proxy = new FaultProxy(settings.Port);
        settings.Port = proxy.Port;
        await using var stores = new StoreHost(new DatabaseSettings(DatabaseKind.Postgres, settings.ConnectionString),
            [new("Chat:Persistence:CommandTimeoutSeconds", "1")]);
        Task ReadAsync() => stores.RoomClients.FindJoinedAsync([UserId.Parse("ann")], None);
        Task CommitAsync() =>
            stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(ConversationId.Lobby)), Drafts.Noon, None);
        // As many sessions as there may be.
        await Task.WhenAll(Enumerable.Range(0, 40).SelectMany(_ => (Task[])[ReadAsync(), CommitAsync()]));
        Assert.True(proxy.Connections > 2);

        proxy.Forget();

        await Assert.ThrowsAsync<StoreException>(() => ReadAsync().WaitAsync(Bounds.Wait));
        await Assert.ThrowsAsync<StoreException>(() => CommitAsync().WaitAsync(Bounds.Wait));
        for (var i = 0; i < 40; i++)
        {
            await ReadAsync();
            await CommitAsync();
        }
    }
}
