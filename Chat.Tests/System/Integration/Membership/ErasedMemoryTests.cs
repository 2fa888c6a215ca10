using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Retention;
using Chat.Server.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Membership;

/// <summary>What retention erased is shown to nobody, by the instance that erased it and by another whose memory has
/// it.</summary>
public abstract class ErasedMemorySpec
{
    internal abstract DatabaseKind Kind { get; }

    /// <summary>In the database's own units, a week earlier.</summary>
    internal abstract string WeekEarlier { get; }

    [SpecFact]
    public async Task Erased_content_is_in_no_feed_of_any_instance()
    {
        await using var site = await MembershipSite.StartAsync(Kind, instances: 2,
            ("Chat:Retention:MessageDays", "1"), ("Chat:FanOut:FeedCapacity", "1024"));
        await using var keepsA = await site.Servers[0].ConnectRawAsync("anna", "seq");
        await using var keepsB = await site.Servers[1].ConnectRawAsync("bea", "seq");
        foreach (var reader in (RawClient[])[keepsA, keepsB]) await reader.JoinAsync(ConversationId.Lobby);
        for (var i = 0; i < 3; i++)
        {
            await keepsA.MessageAsync(ConversationId.Lobby, "personal");
            foreach (var reader in (RawClient[])[keepsA, keepsB]) await reader.UntilAsync("message");
        }
        await site.Database.ExecuteAsync($"update messages set created_at = {WeekEarlier}");
        await site.Database.ExecuteAsync("delete from job_cursors"); // it stood at yesterday, they were new

        await site.Servers[0].Services.GetRequiredService<MessageRetention>()
            .HandleAsync([], new TaskRun(Guid.NewGuid(), 1, 0, default), CancellationToken.None);

        Assert.Equal(["", "", ""], await BodiesAsync(site.Servers[0]));
        // The other learns of it with the next look at the heads.
        await Eventually.HoldsAsync(async () => (await BodiesAsync(site.Servers[1])).TrueForAll(body => body == ""));
        foreach (var server in site.Servers) Assert.Empty(await PolledAsync(server));
    }

    /// <summary>The texts that one who joins now and asks for all is shown.</summary>
    private static async Task<List<string>> BodiesAsync(TestServer server)
    {
        await using var raw = await server.ConnectRawAsync("stranger", "seq");
        await raw.JoinAsync(ConversationId.Lobby, 0);
        var bodies = new List<string>();
        while (bodies.Count < 3)
            bodies.Add((await raw.UntilAsync("message")).GetProperty("message").GetProperty("body").GetString() ?? "");
        return bodies;
    }

    private static async Task<List<string>> PolledAsync(TestServer server)
    {
        using var joined = await server.Http.PostAsync("/api/join", new StringContent("""{"client_id":"poll"}"""));
        var answer = await server.Http.GetStringAsync("/api/messages?client_id=poll&after_id=0");
        return [.. System.Text.Json.JsonDocument.Parse(answer).RootElement.GetProperty("messages").EnumerateArray()
            .Select(message => message.GetProperty("message").GetString() ?? "")];
    }
}

public sealed class SqliteErasedMemoryTests : ErasedMemorySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;

    internal override string WeekEarlier => "created_at - 604800000000";
}

[RequiresPostgres]
public sealed class PostgresErasedMemoryTests : ErasedMemorySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;

    internal override string WeekEarlier => "created_at - interval '7 days'";
}
