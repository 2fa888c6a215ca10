using Chat.Contracts.Entries;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Keys;

namespace Chat.Tests.Integration.JavaScript;

/// <summary>The JavaScript client with a token that the server made, against the limits of a user.</summary>
public sealed class TokenLimitTests
{
    private const int Messages = 13;

    // CH-122, CH-184, CH-205: 10 at once, then one in six seconds: a busy machine sends the others sooner than that
    [NodeFact]
    public async Task The_client_waits_for_the_limits_of_its_user_and_loses_nothing()
    {
        await using var keys = await KeyServer.StartAsync(DatabaseKind.Sqlite,
            ("Chat:Limits:Factor", "1"), ("Chat:Limits:SendsPerUserPerMinute", "10"));
        var key = await keys.KeyAsync(KeyScopes.App);
        var where = await keys.CreateAsync(key, "ann", "ben");

        await using var ann = await NodeClient.RunAsync(Node.Folder, "limited.mjs", keys.Server.Url.ToString(),
            await keys.TokenAsync(key, "ann", ""","name":"Ann" """), where, $"{Messages}");
        var me = await ann.UntilAsync("me");
        Assert.Equal(("ann", "Ann"), (me.GetProperty("userId").GetString(), me.GetProperty("name").GetString()));
        await ann.UntilAsync("done");

        var metrics = await keys.Server.Operators.GetStringAsync("/metrics");
        Assert.Contains("chat_rate_limited_total{limit=\"client_sends\"}", metrics, StringComparison.Ordinal);
        var page = await keys.GetAsync(key, $"/api/v1/chat/{where}/messages?limit=500");
        Assert.Equal(Enumerable.Range(1, Messages).Select(i => $"{i}").Reverse(),
            page.Json.GetProperty("messages").EnumerateArray().Select(one => one.GetProperty("body").GetString()));
    }
}
