using Chat.ClientSdk;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Chat.Tests.Integration.Messages;

/// <summary>CH-228: messages change once no server of an older version runs.</summary>
public sealed class RollingUpgradeTests
{
    [PostgresFact]
    public async Task Messages_do_not_change_while_an_older_server_has_sessions_and_the_first_change_keeps_it_out()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var server = await TestServer.StartAsync(
            database.Settings, ("Chat:FanOut:HeadCheckMilliseconds", "100"));
        await using var ann = await server.ConnectHubAsync("ann");
        await ann.SendAsync(ConversationId.Lobby, "one");
        // As servers of the version before name their sessions.
        var settings = new NpgsqlConnectionStringBuilder(database.Settings.ConnectionString)
        {
            ApplicationName = $"chat {Guid.NewGuid():N}", Pooling = false,
        };
        await using (var older = new NpgsqlConnection(settings.ConnectionString))
        {
            await older.OpenAsync();
            foreach (var change in new Func<Task>[]
            {
                () => ann.EditMessageAsync(ConversationId.Lobby, 1, new() { Body = "two" }),
                () => ann.DeleteMessageAsync(ConversationId.Lobby, 1),
                () => ann.SetReactionsAsync(ConversationId.Lobby, 1, [":ok:"]),
            })
                Assert.Equal(ChatErrorCode.InternalError,
                    (await Assert.ThrowsAsync<ChatRefusedException>(change)).Code);
        }

        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                await ann.EditMessageAsync(ConversationId.Lobby, 1, new() { Body = "two" });
                return true;
            }
            catch (ChatRefusedException e) when (e.Code == ChatErrorCode.InternalError)
            {
                return false; // the session ends a moment after it was closed
            }
        });

        var row = await server.Services.GetRequiredService<IDeploymentStore>().ReadAsync(default);
        Assert.Equal(Deployment.LevelOfMessages, row.Requires);
        server.TakeErrors();
    }

    [Fact]
    public async Task With_NewKinds_off_messages_do_not_change_until_another_server_has_changed_one()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings,
            ("Chat:FanOut:HeadCheckMilliseconds", "100"), ("Chat:Messages:NewKinds", "false"));
        await using var ann = await server.ConnectHubAsync("ann");
        await ann.SendAsync(ConversationId.Lobby, "one");
        foreach (var change in new Func<Task>[]
        {
            () => ann.EditMessageAsync(ConversationId.Lobby, 1, new() { Body = "two" }),
            () => ann.SetReactionsAsync(ConversationId.Lobby, 1, [":ok:"]),
        })
            Assert.Equal("messages cannot be changed before all servers have this version; nothing was changed, try "
                + "again later", (await Assert.ThrowsAsync<ChatRefusedException>(change)).Error.Message);
        Assert.Empty(await database.QueryAsync("select 1 from reactions"));

        await database.ExecuteAsync($"update deployment set requires = {Deployment.LevelOfMessages}");

        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                return (await ann.EditMessageAsync(ConversationId.Lobby, 1, new() { Body = "two" })).Sequence == 2;
            }
            catch (ChatRefusedException)
            {
                return false;
            }
        });
        Assert.Equal(3, (await ann.SetReactionsAsync(ConversationId.Lobby, 1, [":ok:"])).Sequence);
        server.TakeErrors();
    }
}
