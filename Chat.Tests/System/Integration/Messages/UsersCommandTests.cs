using System.Text.RegularExpressions;
using Chat.ClientSdk;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Messages;

/// <summary>The command <c>users</c>.</summary>
public sealed class UsersCommandTests
{
    [Fact]
    public Task A_user_is_erased_by_a_command_and_a_server() => ErasedAsync(DatabaseKind.Sqlite);

    [PostgresFact]
    public Task A_user_is_erased_by_a_command_and_a_server_on_PostgreSQL() => ErasedAsync(DatabaseKind.Postgres);

    // CH-265
    [Theory]
    [InlineData(2, "usage: users erase <user>", "users", "erase")]
    [InlineData(1, "--tenant must be", "users", "erase", "ann", "--tenant", "A b")]
    [InlineData(1, "there is no erasure 7", "users", "erasure", "7")]
    public async Task An_impossible_command_is_refused_in_one_line(int code, string expected, params string[] args)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        Assert.Contains(expected, (await RunAsync(database, code, args)).Errors, StringComparison.Ordinal);
    }

    // CH-265
    private static async Task ErasedAsync(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        string id;
        await using (var server = await TestServer.StartAsync(database.Settings))
        {
            await using var ann = await server.ConnectHubAsync("ann");
            await ann.SendAsync(ConversationId.Lobby, "secret");
            var begun = (await RunAsync(database, 0, "users", "erase", "ann")).Output;
            id = Regex.Match(begun, "^[0-9a-f-]{36}(?=: user ann, tenant default)").Value;
            await Eventually.HoldsAsync(async () =>
                (await ann.HistoryAsync(ConversationId.Lobby)).Entries.OfType<MessageEntry>().All(one => one.Erased));
            await Eventually.HoldsAsync(async () => (await database.QueryAsync(
                "select 1 from user_erasures where finished_at is not null")).Count == 1);
        }
        Assert.Matches($"^{id}: user ann, tenant default, erased .*; 1 messages in 1 conversations",
            (await RunAsync(database, 0, "users", "erasure", id)).Output);
        Assert.Contains("operator:command line|user.erase|ann",
            await database.QueryAsync("select actor, act, target from audit"));
    }

    private static Task<(string Output, string Errors)> RunAsync(
        TestDatabase database, int code, params string[] args) => CommandRun.EndAsync(database, code, args);
}
