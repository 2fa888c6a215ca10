using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Observers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Observing;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Observers;

/// <summary>What operators see of observers, and do about them.</summary>
public sealed class ObserverAdminTests
{
    private const string Observers = "/api/v1/admin/observers";

    [Fact]
    public Task Operators_see_what_an_observer_failed_with_and_move_it_back() => SeeAsync(DatabaseKind.Sqlite);

    // CH-284
    [PostgresFact]
    public Task Operators_see_what_an_observer_failed_with_and_move_it_back_on_PostgreSQL() =>
        SeeAsync(DatabaseKind.Postgres);

    [Fact]
    public async Task A_server_without_observers_says_so()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        Assert.Empty((await ListAsync(server)).GetProperty("observers").EnumerateArray());
        var outboxes = JsonDocument.Parse(await server.Operators.GetStringAsync("/api/v1/admin/outboxes"));
        Assert.Empty(outboxes.RootElement.GetProperty("refused").EnumerateArray());
    }

    private static async Task SeeAsync(DatabaseKind kind)
    {
        var (seen, isBroken) = (new SeenEntries(), true);
        ConversationId bad = default;
        seen.OnCall = (entries, _) => Volatile.Read(ref isBroken) && entries.Any(entry => entry.Sequence > 1)
            ? throw new IOException("no room")
            : Task.CompletedTask;
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await TestServer.StartAsync(database.Settings, new InProcessBus(),
            services => services.AddSingleton(seen).AddObserver<SeenObserver>("seen",
                options => options.Start = ChatStart.Beginning));
        await using (var ann = await server.ConnectHubAsync("ann"))
        {
            bad = (await ann.CreateConversationAsync(
                new CreateConversation { ParticipantIds = [UserId.Parse("ann"), UserId.Parse("ben")] })).Id;
            await seen.HasAsync(all => all.At(bad) == 1);
            await ann.SendAsync(bad, "a");
        }
        JsonElement one = default;
        await Eventually.HoldsAsync(async () =>
        {
            one = (await ListAsync(server)).GetProperty("observers").EnumerateArray().SingleOrDefault();
            return one.ValueKind == JsonValueKind.Object && one.GetProperty("parked_count").GetInt32() == 1;
        });
        Assert.Equal(("seen", true, false),
            (one.GetProperty("name").GetString(), one.GetProperty("here").GetBoolean(),
                one.GetProperty("stalled").GetBoolean()));
        var parked = Assert.Single(one.GetProperty("parked").EnumerateArray());
        Assert.Equal((bad.Value, 1L), (parked.GetProperty("conversation_id").GetGuid(),
            parked.GetProperty("seq").GetInt64()));
        Assert.Contains("no room", parked.GetProperty("error").GetString(), StringComparison.Ordinal);

        Volatile.Write(ref isBroken, false);
        await seen.HasAsync(all => all.At(bad) == 2);
        seen.Forget();
        Assert.Equal(HttpStatusCode.OK, await RewindAsync(server, "seen", "beginning"));
        await seen.HasAsync(all => all.At(bad) == 2);
        seen.Forget();
        Assert.Equal(HttpStatusCode.OK, await RewindAsync(server, "seen", "beginning", $"{bad}"));
        await seen.HasAsync(all => all.At(bad) == 2);
        seen.Check();

        using var nobody = await server.Operators.PostAsync($"{Observers}/retry?observer=nobody", content: null);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await RewindAsync(server, "nobody", "beginning"));
        Assert.Equal(HttpStatusCode.BadRequest, await RewindAsync(server, "seen", "yesterday"));
        Assert.Equal(HttpStatusCode.BadRequest, await RewindAsync(server, "seen", "now", "x"));
    }

    private static async Task<JsonElement> ListAsync(TestServer server) =>
        JsonDocument.Parse(await server.Operators.GetStringAsync(Observers)).RootElement;

    private static async Task<HttpStatusCode> RewindAsync(
        TestServer server, string observer, string to, string? only = null)
    {
        using var answer = await server.Operators.PostAsJsonAsync(
            $"{Observers}/rewind", new { observer, to, conversation_id = only });
        return answer.StatusCode;
    }

    private sealed class SeenObserver(SeenEntries seen) : IChatObserver
    {
        public Task OnAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct) =>
            seen.ShowAsync(entries, ct);
    }
}
