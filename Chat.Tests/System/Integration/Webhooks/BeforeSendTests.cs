using Chat.ClientSdk;
using Chat.Contracts.Errors;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.Persistence;
using Chat.Tests.Embedding;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Webhooks;

/// <summary>An endpoint that decides before a message is stored. Where it decides the server's clock stands: no answer
/// is late because the machine is busy.</summary>
public sealed class BeforeSendTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private EventReceiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        _receiver = await EventReceiver.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _receiver.Check();
        await _receiver.DisposeAsync();
        await _database.DisposeAsync();
    }

    // CH-301
    [Fact]
    public async Task It_allows_refuses_and_replaces_messages_and_edits_and_is_asked_once_about_each()
    {
        _receiver.Answers = asked => Task.FromResult<IResult?>(Results.Text(
            asked.Json.GetProperty("data").GetProperty("body").GetString() switch
            {
                "bad" => """{"verdict":"refuse","text":"mind your words","reason":"bad_words"}""",
                "secret" => """{"verdict":"replace","body":"…"}""",
                _ => """{"verdict":"allow"}""",
            },
            "application/json"));
        await using var standing = await StandingServer.StartAsync(_database.Settings, Settings("Refuse"));
        await using var ann = await standing.Server.ConnectHubAsync("ann");
        var room = await CreateAsync(ann);
        await ann.SendAsync(ConversationId.Lobby, "bad");
        await ann.SendAsync(room, "good", new() { DedupeKey = "k" });
        var refusal = await Assert.ThrowsAsync<ChatRefusedException>(() => ann.SendAsync(room, "bad"));
        Assert.Equal((ChatErrorCode.Forbidden, "bad_words"), (refusal.Code, refusal.Error.Reason));
        Assert.Contains("mind your words", refusal.Error.Message, StringComparison.Ordinal);
        await ann.SendAsync(room, "secret");
        await ann.EditMessageAsync(room, 2, new() { Body = "secret" });
        await Assert.ThrowsAsync<ChatRefusedException>(() => ann.EditMessageAsync(room, 2, new() { Body = "bad" }));

        Assert.Equal(["…", "…"], await BodiesAsync(ann, room));
        Assert.Equal(5, _receiver.Posts.Count);
    }

    // CH-301
    [Fact]
    public async Task It_is_told_what_is_to_be_stored_and_by_whom()
    {
        var asked = new Inbox<ReceivedEvent>();
        _receiver.Answers = one =>
        {
            asked.Add(one);
            return Task.FromResult<IResult?>(Results.Text("""{"verdict":"allow"}"""));
        };
        await using var standing = await StandingServer.StartAsync(_database.Settings, Settings("Refuse"));
        await using var ann = await standing.Server.ConnectHubAsync("ann");
        var room = await CreateAsync(ann);
        await ann.SendAsync(room, "hello", new() { DedupeKey = "k" });
        await ann.EditMessageAsync(room, 2, new() { Body = "better" });
        var (send, edit) = (await asked.NextAsync(), await asked.NextAsync());
        Assert.Equal(("before.send", "before.edit"), (send.Type, edit.Type));
        Assert.NotEqual(send.Id, edit.Id);
        var data = send.Json.GetProperty("data");
        Assert.Equal(("default", room.ToString(), "ann", "hello", "k"),
            (data.GetProperty("tenant").GetString(), data.GetProperty("conversationId").GetString(),
                data.GetProperty("userId").GetString(), data.GetProperty("body").GetString(),
                data.GetProperty("options").GetProperty("dedupeKey").GetString()));
        data = edit.Json.GetProperty("data");
        Assert.Equal((2, "better", "better"),
            (data.GetProperty("targetSequence").GetInt64(), data.GetProperty("body").GetString(),
                data.GetProperty("content").GetProperty("body").GetString()));
    }

    // CH-301
    [Theory]
    [InlineData("Refuse")]
    [InlineData("Allow")]
    public async Task Where_it_does_not_decide_what_was_said_follows(string onFailure)
    {
        var release = new TaskCompletionSource();
        (string Body, Func<Task<IResult?>> Answer)[] failures =
        [
            ("error", () => Task.FromResult<IResult?>(Results.StatusCode(StatusCodes.Status500InternalServerError))),
            ("nothing", () => Task.FromResult<IResult?>(Results.NoContent())),
            ("page", () => Task.FromResult<IResult?>(Results.Text("<html>", "text/html"))),
            ("word", () => Task.FromResult<IResult?>(Results.Text("""{"verdict":"maybe"}"""))),
            ("long", () => Task.FromResult<IResult?>(
                Results.Text($$"""{"verdict":"allow","text":"{{new string('x', 600_000)}}"}"""))),
            ("text", () => Task.FromResult<IResult?>(
                Results.Text($$"""{"verdict":"refuse","text":"{{new string('x', 501)}}"}"""))),
            ("redirect", () => Task.FromResult<IResult?>(Results.Redirect("/elsewhere", preserveMethod: true))),
            ("slow", async () =>
            {
                await release.Task;
                return Results.Text("""{"verdict":"allow"}""");
            }),
        ];
        _receiver.Answers = asked =>
            failures.Single(one => one.Body == asked.Json.GetProperty("data").GetProperty("body").GetString()).Answer();
        await using var server = await StartAsync(onFailure);
        await using var ann = await server.ConnectHubAsync("ann");
        var room = await CreateAsync(ann);
        foreach (var (body, _) in failures)
            if (onFailure == "Allow") await ann.SendAsync(room, body);
            else
                Assert.Equal(ChatErrorCode.InternalError,
                    (await Assert.ThrowsAsync<ChatRefusedException>(() => ann.SendAsync(room, body))).Code);
        release.SetResult();
        Assert.Equal(onFailure == "Allow" ? failures.Select(one => one.Body) : [], await BodiesAsync(ann, room));
        Assert.Equal(failures.Length, server.Logs.All.Count(log => log.Id.Id == 9760));
        Assert.DoesNotContain(server.Logs.All, log => $"{log.Text} {log.Exception}".Contains("a-secret-path",
            StringComparison.Ordinal));
        Assert.Equal((failures.Length, 0), (_receiver.Posts.Count, _receiver.Astray.Count));
    }

    // CH-301
    [Fact]
    public async Task In_an_application_it_is_asked_as_well()
    {
        _receiver.Answers = _ => Task.FromResult<IResult?>(
            Results.Text("""{"verdict":"refuse","text":"not today"}"""));
        await using var host = await ForeignHost.StartAsync(
            builder =>
            {
                ForeignHost.SignsIn(builder);
                builder.Services.AddChat(chat =>
                {
                    foreach (var (name, value) in Settings("Refuse")) chat.Settings[name["Chat:".Length..]] = value;
                    chat.Settings["Webhooks:BeforeSend:BudgetMilliseconds"] = "5000"; // the longest there is
                }).UseSqlite(ForeignHost.File);
            },
            app => app.MapChat());
        await using var ann = await host.HubOfAsync("ann", "/chat/");
        var room = await CreateAsync(ann);
        var refusal = await Assert.ThrowsAsync<ChatRefusedException>(() => ann.SendAsync(room, "hello"));
        Assert.Contains("not today", refusal.Error.Message, StringComparison.Ordinal);
    }

    // CH-302
    [Fact]
    public async Task A_server_whose_policies_may_take_longer_than_a_silent_socket_lives_does_not_start()
    {
        foreach (var (args, problem) in new (string[], string)[]
        {
            (["--Chat:RawSocket:PongTimeoutSeconds=1", "--Chat:Webhooks:BeforeSend:BudgetMilliseconds=1000"],
                "Chat:RawSocket:PongTimeoutSeconds: 1 s is no more than the 1000 ms that all policies together may "
                    + "take: a connection that waits for them would count as dead. Give them less time, or it more"),
            (["--Chat:Webhooks:BeforeSend:OnFailure="],
                "Chat:Webhooks:BeforeSend:OnFailure: must say what becomes of a message while there is no answer: "
                    + "Refuse (it is not stored, and may be sent again) or Allow (it is stored)"),
            (["--Chat:Webhooks:orders:Urll=x"], "Chat:Webhooks:orders:Urll is no setting; help lists all"),
            (["--Chat:Webhooks:orders:OnFailure=Allow"],
                "Chat:Webhooks:orders:OnFailure is no setting; help lists all"),
        })
        {
            await using var program = ServerProcess.Run(
                [.. Settings("Allow").Select(one => $"--{one.Item1}={one.Item2}"), .. args],
                ("ConnectionStrings__Chat", _database.Settings.ConnectionString));
            Assert.NotEqual(0, await program.ExitAsync());
            Assert.Contains(problem, program.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("a-secret-path", program.Errors + program.Output, StringComparison.Ordinal);
        }
    }

    private (string, string)[] Settings(string onFailure) =>
    [
        ("Chat:Webhooks:BeforeSend:Url", _receiver.Address),
        ("Chat:Webhooks:BeforeSend:Secret", EventReceiver.Secret),
        ("Chat:Webhooks:BeforeSend:OnFailure", onFailure),
    ];

    // A late answer is none, as all others here are.
    private Task<TestServer> StartAsync(string onFailure) => TestServer.StartAsync(_database.Settings,
        [.. Settings(onFailure), ("Chat:Webhooks:BeforeSend:BudgetMilliseconds", "5000")]);

    private static async Task<ConversationId> CreateAsync(ChatHubConnection hub) =>
        (await hub.CreateConversationAsync(new() { ParticipantIds = [UserId.Parse("ben")] })).Id;

    private static async Task<List<string?>> BodiesAsync(ChatHubConnection hub, ConversationId room)
    {
        var page = await hub.HistoryAsync(room, new() { View = Contracts.Commands.HistoryView.Main });
        return [.. page.Entries.OfType<MessageEntry>().Select(message => MessageFold.Of(
            message, page.Current?.FirstOrDefault(now => now.Sequence == message.Sequence)).Body)];
    }
}
