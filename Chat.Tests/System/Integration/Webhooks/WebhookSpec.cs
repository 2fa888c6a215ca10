using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Server.Persistence;
using Microsoft.AspNetCore.Http;

namespace Chat.Tests.Integration.Webhooks;

/// <summary>Endpoints of whole servers: real receivers, and what they were sent.</summary>
public abstract class WebhookSpec : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private EventReceiver _receiver = null!;

    internal abstract DatabaseKind Kind { get; }

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Kind);
        _receiver = await EventReceiver.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _receiver.Check();
        await _receiver.DisposeAsync();
        await _database.DisposeAsync();
    }

    // CH-297, CH-298
    [SpecFact]
    public async Task Every_entry_is_posted_once_signed_and_as_the_contract_has_it_and_the_lobby_never()
    {
        await using var server = await StartAsync();
        await using var ann = await server.ConnectHubAsync("ann");
        var room = await CreateAsync(ann);
        await ann.SendAsync(ConversationId.Lobby, "to all");
        await ann.SendAsync(room, "grüße", new() { DedupeKey = "k" });
        await ann.EditMessageAsync(room, 2, new() { Body = "better" });
        await ann.SetPinnedAsync(room, 2);

        var taken = await _receiver.Taken.TakeAsync(4);
        var log = (await ann.HistoryAsync(room, new HistoryQuery { View = HistoryView.Log })).Entries;
        Assert.Equal(log.Select(TextOf), taken.Select(one => TextOf(one.Entry!)));
        Assert.Equal(log.Select(entry => $"{room.Value:N}-{entry.Sequence}"), taken.Select(one => one.Id));
        Assert.Equal(["entry.conversationCreated", "entry.message", "entry.messageEdited", "entry.pinned"],
            taken.Select(one => one.Type));
        Assert.All(taken, one =>
        {
            Assert.Equal("application/json; charset=utf-8", one.Headers["Content-Type"]);
            Assert.False(one.Json.TryGetProperty("tenant", out _));
            Assert.Equal(one.Json.GetProperty("data").GetProperty("createdAt").GetString(),
                one.Json.GetProperty("timestamp").GetString());
        });
        Assert.Equal(4, _receiver.Posts.Count);
    }

    // CH-297
    [SpecFact]
    public async Task Order_holds_in_each_conversation_however_the_endpoint_fails()
    {
        var random = new Random(Seeds.Of(1).First());
        _receiver.Answers = _ =>
        {
            lock (random)
                return Task.FromResult(random.Next(8) switch
                {
                    0 or 1 => Results.StatusCode(StatusCodes.Status500InternalServerError),
                    2 => Results.StatusCode(StatusCodes.Status404NotFound),
                    _ => null,
                });
        };
        await using var server = await StartAsync();
        await using var ann = await server.ConnectHubAsync("ann");
        var rooms = new List<ConversationId>();
        for (var i = 0; i < 4; i++) rooms.Add(await CreateAsync(ann));
        for (var i = 0; i < 10; i++)
            foreach (var room in rooms) await ann.SendAsync(room, $"{i}");
        await Eventually.HoldsAsync(() => _receiver.Ids.Count >= 10);
        _receiver.Always(null);

        await Eventually.HoldsAsync(() => rooms.TrueForAll(room => _receiver.At(room.ToString()) == 11));
        Assert.Equal(44, _receiver.Ids.Count);
    }

    // CH-297
    [SpecFact]
    public async Task What_is_stored_while_nobody_runs_the_endpoint_comes_after_the_next_start()
    {
        ConversationId room;
        await using (var first = await StartAsync())
        {
            await using var ann = await first.ConnectHubAsync("ann");
            room = await CreateAsync(ann);
            await _receiver.Taken.NextAsync();
            await AllToldAsync(first);
        }
        await using (var without = await TestServer.StartAsync(_database.Settings))
        {
            await using var ann = await without.ConnectHubAsync("ann");
            for (var i = 0; i < 5; i++) await ann.SendAsync(room, $"{i}");
        }
        await using var second = await StartAsync();
        Assert.Equal([2, 3, 4, 5, 6], (await _receiver.Taken.TakeAsync(5)).Select(one => one.Entry!.Sequence));
        Assert.All(_receiver.Ids.Values, times => Assert.Equal(1, times));
    }

    // CH-299
    [SpecFact]
    public async Task One_that_is_gone_is_disabled_at_once_also_after_a_restart_and_enabled_again_it_misses_nothing()
    {
        _receiver.Always(Results.StatusCode(StatusCodes.Status410Gone));
        ConversationId room;
        await using (var first = await StartAsync())
        {
            await using var ann = await first.ConnectHubAsync("ann");
            room = await CreateAsync(ann);
            await Eventually.HoldsAsync(async () => (await StateAsync(first)).GetProperty("state").GetString()
                == "disabled");
            await Eventually.HoldsAsync(() => first.Logs.All.Any(log => log.Id.Id == 9790));
            // Logged before the instance that runs it knows it itself.
            await first.UntilMetricAsync("chat_webhook_disabled{webhook=\"orders\"} 1");
            await ann.SendAsync(room, "waits");
        }
        Assert.Equal(1, _receiver.Posts.Count);
        await using var second = await StartAsync();
        await using var ben = await second.ConnectHubAsync("ben");
        await ben.SendAsync(room, "waits too");
        var state = await StateAsync(second);
        Assert.Equal(("disabled", "127.0.0.1 answered 410: it is gone"),
            (state.GetProperty("state").GetString(), state.GetProperty("reason").GetString()));
        Assert.NotEqual(JsonValueKind.Null, state.GetProperty("disabled_at").ValueKind);

        _receiver.Always(null);
        using var answer = await second.Operators.PostAsync("/api/v1/admin/webhooks/orders/enable", null);
        Assert.Equal("working",
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString());

        await Eventually.HoldsAsync(() => _receiver.Ids.Count == 3);
        await AllToldAsync(second);
    }

    // CH-299
    [SpecFact]
    public async Task An_operator_ends_the_rest_that_it_asked_for()
    {
        await using var server = await StartAsync();
        await using var ann = await server.ConnectHubAsync("ann");
        foreach (var path in new[]
        {
            "/api/v1/admin/webhooks/orders/enable", "/api/v1/admin/observers/retry?observer=webhook/orders",
        })
        {
            _receiver.Answers = _ => Task.FromResult<IResult?>(new LeaveAlone());
            await CreateAsync(ann);
            await Eventually.HoldsAsync(async () => (await StateAsync(server)).GetProperty("reason").GetString()
                == "127.0.0.1 answered 429");
            _receiver.Always(null);
            using var answer = await server.Operators.PostAsync(path, null);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            await _receiver.Taken.NextAsync();
            await AllToldAsync(server);
        }
    }

    // CH-300
    [SpecFact]
    public async Task What_was_told_is_told_again_from_a_time_on_or_in_one_conversation()
    {
        await using var server = await StartAsync();
        await using var ann = await server.ConnectHubAsync("ann");
        var (room, other) = (await CreateAsync(ann), await CreateAsync(ann));
        await ann.SendAsync(room, "a");
        await ann.SendAsync(other, "b");
        var first = (await _receiver.Taken.TakeAsync(4)).Select(one => one.Id).Order().ToList();

        await AllToldAsync(server);
        _receiver.Forget();
        await ReplayAsync(server, """{"from":"beginning"}""");
        Assert.Equal(first, (await _receiver.Taken.TakeAsync(4)).Select(one => one.Id).Order());

        await AllToldAsync(server);
        _receiver.Forget();
        await ReplayAsync(server, $$"""{"from":"2020-01-01T00:00:00Z","conversation_id":"{{other}}"}""");
        Assert.Equal([$"{other.Value:N}-1", $"{other.Value:N}-2"],
            (await _receiver.Taken.TakeAsync(2)).Select(one => one.Id));

        foreach (var (body, words) in new[]
        {
            ("""{"from":"soon"}""", "from must be a time"),
            ("""{"from":"now","conversation_id":"x"}""", "conversation_id must be"),
        })
        {
            using var refused = await PostAsync(server, "orders", body);
            Assert.Equal(400, (int)refused.StatusCode);
            Assert.Contains(words, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        using var unknown = await PostAsync(server, "nobody", """{"from":"now"}""");
        Assert.Equal(404, (int)unknown.StatusCode);
    }

    // CH-297
    [SpecFact]
    public async Task One_that_does_not_answer_holds_up_neither_another_one_nor_messages()
    {
        await using var slow = await EventReceiver.StartAsync();
        var release = new TaskCompletionSource();
        slow.Answers = async _ =>
        {
            await release.Task;
            return null;
        };
        await using var server = await StartAsync(
            ("Chat:Webhooks:slow:Url", slow.Address), ("Chat:Webhooks:slow:Secret", EventReceiver.Secret),
            ("Chat:Webhooks:slow:TimeoutSeconds", "120"));
        await using var ann = await server.ConnectHubAsync("ann");
        var rooms = new List<ConversationId>();
        for (var i = 0; i < 20; i++) rooms.Add(await CreateAsync(ann));
        foreach (var room in rooms) await ann.SendAsync(room, "hello");
        await _receiver.Taken.TakeAsync(40);
        Assert.True(slow.Taken.IsEmpty);
        Assert.InRange(slow.Posts.Count, 0, 8);

        release.SetResult();
        await slow.Taken.TakeAsync(40);
        slow.Check();
    }

    [SpecFact]
    public async Task A_redirect_is_a_failure_and_nobody_follows_it()
    {
        _receiver.Always(Results.Redirect("/elsewhere", preserveMethod: true));
        await using var server = await StartAsync();
        await using var ann = await server.ConnectHubAsync("ann");
        await CreateAsync(ann);
        await Eventually.HoldsAsync(async () => (await StateAsync(server)).GetProperty("reason").GetString()
            == "127.0.0.1 answered 307");
        _receiver.Always(null);
        await _receiver.Taken.NextAsync();
        Assert.Equal(0, _receiver.Astray.Count);
    }

    [SpecFact]
    public async Task Only_what_an_endpoint_wants_is_posted()
    {
        await using var some = await EventReceiver.StartAsync(mayHaveHoles: true);
        await using var none = await EventReceiver.StartAsync();
        ConversationId room;
        await using (var before = await TestServer.StartAsync(_database.Settings))
        {
            await using var ann = await before.ConnectHubAsync("ann");
            room = await CreateAsync(ann);
        }
        await using var server = await StartAsync(_database,
        [
            .. Of("some", some), ("Chat:Webhooks:some:Kinds", "message, Pinned"),
            ("Chat:Webhooks:some:Tenant", "default"), ("Chat:Webhooks:some:Conversations", room.ToString()),
            .. Of("none", none), ("Chat:Webhooks:none:Tenant", "acme"),
        ]);
        await using var ben = await server.ConnectHubAsync("ben");
        var other = await CreateAsync(ben);
        await ben.SendAsync(other, "not this");
        await ben.SendAsync(room, "this");
        await ben.EditMessageAsync(room, 2, new() { Body = "not this" });
        await ben.SetPinnedAsync(room, 2);
        Assert.Equal([2, 4], (await some.Taken.TakeAsync(2)).Select(one => one.Entry!.Sequence));
        await AllToldAsync(server);
        Assert.Equal((2, 0), (some.Posts.Count, none.Posts.Count));
    }

    [SpecFact]
    public async Task No_answer_log_or_page_has_an_address_or_a_secret()
    {
        _receiver.Always(Results.StatusCode(StatusCodes.Status500InternalServerError));
        await using var server = await StartAsync();
        await using var ann = await server.ConnectHubAsync("ann");
        await CreateAsync(ann);
        await Eventually.HoldsAsync(async () => (await StateAsync(server)).GetProperty("parked").GetInt32() == 1);
        var texts = new List<string>
        {
            await server.Operators.GetStringAsync("/api/v1/admin/webhooks"),
            await server.Operators.GetStringAsync("/metrics"),
            string.Join('\n', server.Logs.All.Select(log => $"{log.Text} {log.Exception}")),
            string.Join('\n', await _database.QueryAsync("select error from observer_parked")),
        };
        Assert.Contains("127.0.0.1 answered 500", texts[2], StringComparison.Ordinal);
        Assert.All(texts, text => Assert.DoesNotContain("a-secret-path", text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain("MfKQ9r8GKYqr", text, StringComparison.Ordinal));
        _receiver.Always(null);
        await _receiver.Taken.NextAsync();
    }

    /// <summary>For an hour.</summary>
    private sealed class LeaveAlone : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = "3600";
            httpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Task.CompletedTask;
        }
    }

    private Task<TestServer> StartAsync(params (string, string)[] more) =>
        StartAsync(_database, [.. Of("orders", _receiver), .. more]);

    /// <summary>Ends when what is stored from now on is told to all endpoints.</summary>
    internal static async Task<TestServer> StartAsync(TestDatabase database, params (string Name, string)[] settings)
    {
        var server = await TestServer.StartAsync(database.Settings, settings);
        var names = settings.Where(one => one.Name.EndsWith(":Url", StringComparison.Ordinal)).ToList();
        await Eventually.HoldsAsync(async () => (await database.QueryAsync(
            "select name from observers where name like 'webhook/%'")).Count == names.Count);
        return server;
    }

    private static (string, string)[] Of(string name, EventReceiver receiver) =>
    [
        ($"Chat:Webhooks:{name}:Url", receiver.Address),
        // The older one signs too.
        ($"Chat:Webhooks:{name}:Secret", $"whsec_{Convert.ToBase64String(new byte[32])}, {EventReceiver.Secret}"),
    ];

    private static async Task<JsonElement> StateAsync(TestServer server) =>
        (await server.Operators.GetFromJsonAsync<JsonElement>("/api/v1/admin/webhooks")).GetProperty("webhooks")[0];

    /// <summary>Nothing comes any more, and nothing would come again.</summary>
    private static async Task AllToldAsync(TestServer server)
    {
        await Eventually.HoldsAsync(async () =>
            (await server.Operators.GetFromJsonAsync<JsonElement>("/api/v1/admin/webhooks")).GetProperty("webhooks")
            .EnumerateArray().All(state => state.GetProperty("entries_behind").GetInt64() == 0
                && state.GetProperty("parked").GetInt32() == 0));
    }

    private static async Task ReplayAsync(TestServer server, string body)
    {
        using var answer = await PostAsync(server, "orders", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> PostAsync(TestServer server, string name, string body) =>
        server.Operators.PostAsync($"/api/v1/admin/webhooks/{name}/replay",
            new StringContent(body, Encoding.UTF8, "application/json"));

    private static string TextOf(ConversationEntry entry) =>
        JsonSerializer.Serialize(entry, ChatJsonContext.Default.ConversationEntry);

    private static async Task<ConversationId> CreateAsync(ChatHubConnection hub) =>
        (await hub.CreateConversationAsync(new() { ParticipantIds = [UserId.Parse("ann"), UserId.Parse("ben")] })).Id;
}

public sealed class SqliteWebhookTests : WebhookSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresWebhookTests : WebhookSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
