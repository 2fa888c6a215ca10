using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Chat.Contracts.Identifiers;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Keys;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Tenants;

/// <summary>CH-186 over the wire: on every transport, what is another tenant's is answered with the same bytes, and
/// after the same statements, as what does not exist.</summary>
public abstract partial class WireProbeSpec : IAsyncLifetime
{
    private const int Rounds = 10;

    private const string Absent = "019a0000-0000-7000-8000-00000000dead";

    /// <summary>What is asked about a conversation (ID) over the hub, as arguments in JSON.</summary>
    private static readonly (string Method, string Arguments)[] HubActs =
    [
        ("Join", "\"ID\""), ("Join", "\"ID\",0"), ("Leave", "\"ID\""), ("Send", "\"ID\",\"hello\""),
        ("Send", "\"ID\",\"hello\",{\"dedupeKey\":\"k\"}"), ("History", "\"ID\""),
        ("History", "\"ID\",{\"afterSequence\":0}"), ("AddParticipants", "\"ID\",[\"zoe\"]"),
        ("RemoveParticipant", "\"ID\",\"ben\""), ("RemoveParticipant", "\"ID\",\"ann\""), ("MarkRead", "\"ID\",1"),
        ("MarkUnread", "\"ID\",1"), ("History", "\"ID\",{\"view\":\"main\"}"),
        ("ReadPositions", "\"ID\""), ("SetMuted", "\"ID\",true"), ("Typing", "\"ID\",true"),
        ("Report", "\"ID\",{\"sequence\":1,\"reason\":\"spam\"}"), ("Reports", "\"ID\""), ("Participants", "\"ID\""),
        ("SetRole", "\"ID\",{\"userId\":\"ben\",\"role\":\"readonly\"}"),
        ("ChangeConversation", "\"ID\",{\"title\":\"theirs\"}"), ("GetPresence", "\"ID\""),
        ("Users", "[\"ben\"]"), ("Conversations", ""),
    ];

    /// <summary>The same as frames of raw sockets.</summary>
    private static readonly string[] RawActs =
    [
        """{"type":"join","conversation_id":"ID"}""", """{"type":"join","conversation_id":"ID","after_seq":0}""",
        """{"type":"leave","conversation_id":"ID"}""", """{"type":"message","conversation_id":"ID","body":"hello"}""",
        """{"type":"typing","conversation_id":"ID"}""", """{"type":"read","conversation_id":"ID","seq":1}""",
        """{"type":"presence","conversation_id":"ID"}""", """{"type":"users","user_ids":["ben"]}""",
        """{"type":"conversations"}""", """{"type":"participants","conversation_id":"ID"}""",
        """{"type":"report","conversation_id":"ID","seq":1,"reason":"spam"}""",
        """{"type":"reports","conversation_id":"ID"}""",
        """{"type":"add","conversation_id":"ID","participant_ids":["zoe"]}""",
        """{"type":"remove","conversation_id":"ID","participant_id":"ben"}""",
        """{"type":"set_role","conversation_id":"ID","participant_id":"ben","role":"readonly"}""",
        """{"type":"change_conversation","conversation_id":"ID","title":"theirs"}""",
    ];

    /// <summary>The same over REST; the body is null for a GET.</summary>
    private static readonly (string Path, string? Body)[] RestActs =
    [
        ("/api/v1/chat/ID/messages", null), ("/api/v1/chat/ID/messages?after_seq=0", null),
        ("/api/v1/chat/ID/messages?user_id=ann", null), ("/api/v1/chat/ID", """{"body":"hello"}"""),
        ("/api/v1/chat/ID", """{"sender_id":"ann","body":"hello"}"""), ("/api/v1/chat?user_id=ann", null),
        ("/api/v1/chat/ID/reports", """{"seq":1,"reason":"spam"}"""), ("/api/v1/chat/ID/reports", null),
        ("/api/v1/users?user_id=ann&id=ben", null), ("/api/messages?client_id=ann&after_id=0", null),
    ];

    private TestDatabase _database = null!;
    private StatementWatch _watch = null!;
    private TestServer _server = null!;

    internal abstract DatabaseKind Kind { get; }

    public async Task InitializeAsync()
    {
        if (Kind == DatabaseKind.Postgres && RequiredTools.PostgresSkipReason is not null) return;
        _database = await TestDatabase.CreateAsync(Kind);
        _watch = new StatementWatch(_database.Settings);
        // Nothing but the acts asks about conversations.
        _server = await TestServer.StartAsync(_database.Settings, new InProcessBus(), _watch.AddTo,
            ("Chat:Identity:Mode", "Token"), ("Chat:FanOut:HeadCheckMilliseconds", "600000"));
    }

    public async Task DisposeAsync()
    {
        if (_database is null) return;
        await _server.DisposeAsync();
        _watch.Dispose();
        await _database.DisposeAsync();
    }

    [SpecFact]
    public async Task Foreign_and_absent_things_get_the_same_answer_on_every_transport_for_every_caller()
    {
        var theirs = await CreateAsync();
        var key = await KeyAsync("acme");
        // One of the same name as a participant, one who is nobody there, and who shares nothing with anybody.
        foreach (var user in (string[])["ann", "zoe"])
        {
            var token = await TokenAsync("acme", user);
            await using var hub = await HubTextClient.ConnectAsync(_server.Url, user, token);
            foreach (var (method, arguments) in HubActs)
                await AreAlikeAsync($"hub {method}({arguments}) by {user}", theirs,
                    async id => (await hub.InvokeAsync(method, With(id, arguments))).GetRawText());
            await using var raw = await RawClient.OpenAsync(
                _server.Url, "features=typing,presence,receipts,conversations,users,seq,rights,reports", token: token);
            await raw.UntilAsync("connected");
            foreach (var frame in RawActs)
                await AreAlikeAsync($"raw {frame} by {user}", theirs, id => AskRawAsync(raw, With(id, frame)));
            foreach (var (path, body) in RestActs)
            {
                await AreAlikeAsync($"REST {path} {body} by {user}", theirs,
                    id => AskRestAsync(token, null, With(id, path), body));
                await AreAlikeAsync($"REST {path} {body} by a back end for {user}", theirs,
                    id => AskRestAsync(key, user, With(id, path), body));
            }
        }
        foreach (var (path, body) in RestActs)
            await AreAlikeAsync($"REST {path} {body} by the application", theirs,
                id => AskRestAsync(key, null, With(id, path), body));
    }

    [SpecFact]
    public async Task Own_things_get_another_answer()
    {
        var theirs = await CreateAsync();
        var token = await TokenAsync("default", "ann");
        Assert.NotEqual(await RunAsync(theirs, id => AskRestAsync(token, null, $"/api/v1/chat/{id}/messages", null)),
            await RunAsync(Absent, id => AskRestAsync(token, null, $"/api/v1/chat/{id}/messages", null)));
        await using var hub = await HubTextClient.ConnectAsync(_server.Url, "ann", token);
        Assert.NotEqual(await RunAsync(theirs, async id => (await hub.InvokeAsync("Join", $"\"{id}\"")).GetRawText()),
            await RunAsync(Absent, async id => (await hub.InvokeAsync("Join", $"\"{id}\"")).GetRawText()));
    }

    private async Task AreAlikeAsync(string act, string theirs, Func<string, Task<string>> ask)
    {
        foreach (var foreign in (string[])[theirs, ConversationId.Lobby.ToString()])
            for (var round = 1; ; round++)
            {
                var (absent, found) = (await RunAsync(Absent, ask), await RunAsync(foreign, ask));
                // What the server does by itself may come in between, once; what differs by itself differs each time.
                if (absent != found && round < Rounds) continue;
                Assert.True(absent == found, $"{act}: {absent}\n{found}");
                break;
            }
    }

    /// <summary>The answer with its id made anonymous, and what the database was asked about conversations.</summary>
    private async Task<(string Answer, string Statements)> RunAsync(string id, Func<string, Task<string>> ask)
    {
        _watch.Take();
        var answer = await ask(id).WaitAsync(Bounds.Wait);
        var asked = _watch.Take().Where(statement => AboutConversations().IsMatch(statement));
        return (Invocation().Replace(answer, "").Replace(id, "ID", StringComparison.Ordinal),
            string.Join('\n', asked));
    }

    /// <summary>All that the socket is told until it is told that a frame of an unknown type came.</summary>
    private static async Task<string> AskRawAsync(RawClient raw, string frame)
    {
        await raw.SendAsync(frame);
        await raw.SendAsync("""{"type":"the end"}""");
        var told = new StringBuilder();
        while (await raw.NextTextAsync() is var text && !text.Contains("unsupported_type", StringComparison.Ordinal))
            told.AppendLine(text);
        return told.ToString();
    }

    /// <summary>Status, headers and body.</summary>
    private async Task<string> AskRestAsync(string secret, string? user, string path, string? body)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Headers.Authorization = new("Bearer", secret);
        if (user is not null) request.Headers.Add("X-Chat-User", user);
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        using var answer = await _server.Http.SendAsync(request);
        answer.Headers.Date = null;
        return string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {answer.Headers} ")
            + $"{answer.Content.Headers} {await answer.Content.ReadAsStringAsync()}";
    }

    /// <summary>A conversation of Ann and Ben of the default tenant, with a message, that everybody there has
    /// read.</summary>
    private async Task<string> CreateAsync()
    {
        var token = await TokenAsync("default", "ann");
        await using var hub = await HubTextClient.ConnectAsync(_server.Url, "ann", token);
        var made = await hub.InvokeAsync("CreateConversation", """{"participantIds":["ben"]}""");
        var id = made.GetProperty("result").GetProperty("id").GetString()!;
        await hub.InvokeAsync("Send", $"\"{id}\",\"a private word\"");
        await hub.InvokeAsync("MarkRead", $"\"{id}\",2");
        return id;
    }

    private async Task<string> KeyAsync(string tenant) =>
        (await _server.Services.GetRequiredService<KeyMaker>().MakeAsync(
            new NewKey("probe", Tenant.Parse(tenant), KeyScopes.App, null), By, default)).Key;

    private async Task<string> TokenAsync(string tenant, string user) =>
        (await _server.Services.GetRequiredService<TokenMaker>().MakeAsync(
            new NewToken(new UserKey(Tenant.Parse(tenant), UserId.Parse(user)), null, CallerRoles.User,
                TimeSpan.FromHours(1)), By, default)).Token;

    private static AuditEntry By => new(null, "operator:test", "", "");

    private static string With(string id, string text) => text.Replace("ID", id, StringComparison.Ordinal);

    [GeneratedRegex(@"^\w+Async$|\b(conversations|participants|messages)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AboutConversations();

    [GeneratedRegex("\"invocationId\":\"\\d+\",?")]
    private static partial Regex Invocation();
}

public sealed class SqliteWireProbeTests : WireProbeSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresWireProbeTests : WireProbeSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
