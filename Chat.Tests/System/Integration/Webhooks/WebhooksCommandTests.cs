using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Microsoft.AspNetCore.Http;

namespace Chat.Tests.Integration.Webhooks;

/// <summary>The command <c>webhooks</c>, beside a server that runs.</summary>
public sealed class WebhooksCommandTests
{
    [Fact]
    public Task A_disabled_one_is_seen_and_enabled_and_told_again() => ToldAsync(DatabaseKind.Sqlite);

    [PostgresFact]
    public Task A_disabled_one_is_seen_and_enabled_and_told_again_on_PostgreSQL() => ToldAsync(DatabaseKind.Postgres);

    [Theory]
    [InlineData(2, "usage: webhooks list", "webhooks", "replay", "orders")]
    [InlineData(1, "there is no webhook nobody", "webhooks", "enable", "nobody")]
    [InlineData(1, "--from must be a time", "webhooks", "replay", "orders", "--from", "soon")]
    [InlineData(1, "--conversation must be", "webhooks", "replay", "orders", "--from", "now", "--conversation", "x")]
    public async Task An_impossible_command_is_refused_in_one_line(int code, string expected, params string[] args)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var (_, errors) = await CommandRun.EndAsync(
            database, code, args, Settings("http://127.0.0.1:9/hook", "__"));
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Empty(await database.QueryAsync("select act from audit"));
    }

    // CH-299, CH-300
    private static async Task ToldAsync(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var receiver = await EventReceiver.StartAsync();
        receiver.Always(Results.StatusCode(StatusCodes.Status410Gone));
        await using var server = await WebhookSpec.StartAsync(
            database, Settings(receiver.Address, ":"));
        await using var ann = await server.ConnectHubAsync("ann");
        var room = (await ann.CreateConversationAsync(new() { ParticipantIds = [UserId.Parse("ben")] })).Id;
        await ann.SendAsync(room, "waits");
        await Eventually.HoldsAsync(() => server.Logs.All.Any(log => log.Id.Id == 9790));

        Assert.Matches("^orders: disabled since .*Z, 2 entries behind, .*: 127.0.0.1 answered 410: it is gone",
            await RunAsync("list"));
        receiver.Always(null);
        Assert.StartsWith("orders: working, ", await RunAsync("enable", "orders"), StringComparison.Ordinal);
        await receiver.Taken.TakeAsync(2);
        await Eventually.HoldsAsync(async () => (await database.QueryAsync(
            "select 1 from observers where mark >= (select max(id) from messages)")).Count == 1);
        Assert.Equal("orders: working, 0 entries behind, 0 conversations are tried again",
            (await RunAsync("list")).Trim());
        receiver.Forget();
        await RunAsync("replay", "orders", "--from=beginning", $"--conversation={room}");
        Assert.Equal([$"{room.Value:N}-1", $"{room.Value:N}-2"],
            (await receiver.Taken.TakeAsync(2)).Select(one => one.Id));
        receiver.Check();
        Assert.Equal(["operator:command line|webhook.enable|orders", "operator:command line|webhook.replay|orders"],
            await database.QueryAsync(
                "select actor, act, target from audit where act like 'webhook%' order by number"));

        async Task<string> RunAsync(params string[] args)
        {
            var (output, _) = await CommandRun.EndAsync(
                database, 0, ["webhooks", .. args], Settings(receiver.Address, "__"));
            Assert.DoesNotContain("a-secret-path", output, StringComparison.Ordinal);
            return output;
        }
    }

    private static (string, string)[] Settings(string address, string separator)
    {
        var orders = string.Join(separator, "Chat", "Webhooks", "orders", "");
        return [($"{orders}Url", address), ($"{orders}Secret", EventReceiver.Secret)];
    }
}
