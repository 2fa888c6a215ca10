using System.Net;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures.Servers;
using Chat.Tests.Integration.Rest;

namespace Chat.Tests.Integration.Rights;

/// <summary>Roles over REST and raw sockets, and who creates where back ends do.</summary>
public sealed class RightsRestTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private RestServer _server = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        _server = await RestServer.StartAsync(_database.Settings);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    // CH-190, CH-191, CH-194: nobody made it, so the first by id owns it
    [Fact]
    public async Task A_back_end_changes_titles_roles_and_participants_with_curl()
    {
        var created = await _server.PostAsync("/api/v1/chat", """{"participant_ids":["ben","ann"]}""");
        var chat = $"/api/v1/chat/{created.Json.GetProperty("id").GetString()}";

        await DoneAsync(HttpMethod.Patch, $"{chat}?user_id=ann", """{"title":"Team","slow_mode_seconds":7}""");
        await DoneAsync(HttpMethod.Post, $"{chat}/participants?user_id=ben", """{"participant_ids":["cem","dan"]}""");
        await DoneAsync(HttpMethod.Put, $"{chat}/roles?user_id=ann",
            """{"participant_id":"ben","role":"moderator"}""");
        await DoneAsync(HttpMethod.Put, $"{chat}/roles?user_id=ben",
            """{"participant_id":"cem","role":"readonly","reason":"loud"}""");
        await DoneAsync(HttpMethod.Delete, $"{chat}/participants?user_id=ben&participant_id=dan", "");

        Assert.Equal(
            """{"role":"moderator","slow_mode_seconds":7,"participants":[{"user_id":"ann","role":"owner","until":null,"reason":null},{"user_id":"ben","role":"moderator","until":null,"reason":null},{"user_id":"cem","role":"readonly","until":null,"reason":"loud"}],"count":3}""",
            (await _server.GetAsync($"{chat}/participants?user_id=ben")).Body);
        Assert.Contains(""" "title":"Team" """.Trim(), (await _server.GetAsync("/api/v1/chat?user_id=ann")).Body,
            StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, """{"error":"only an owner may give roles"}"""),
            await SendAsync(HttpMethod.Put, $"{chat}/roles?user_id=ben",
                """{"participant_id":"ben","role":"owner"}"""));
        Assert.Equal((HttpStatusCode.BadRequest,
            """{"error":"role must be owner, moderator, member, readonly or blocked"}"""),
            await SendAsync(HttpMethod.Put, $"{chat}/roles?user_id=ben",
                """{"participant_id":"cem","role":"king"}"""));
    }

    // CH-199
    [Fact]
    public async Task The_codes_of_bans_and_mutes_reach_who_can_know_them()
    {
        await using var ann = await _server.ConnectHubAsync("ann");
        var id = (await ann.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse("ben"), UserId.Parse("cem")],
        })).Id;
        await ann.SetRoleAsync(id, new() { UserId = UserId.Parse("ben"), Role = ParticipantRole.Readonly });
        await ann.SetRoleAsync(id, new() { UserId = UserId.Parse("cem"), Role = ParticipantRole.Blocked });

        Assert.Equal((HttpStatusCode.Forbidden, """{"error":"read_only: you may only read this conversation"}"""),
            await SendAsync(HttpMethod.Post, $"/api/v1/chat/{id}", """{"sender_id":"ben","body":"hi"}"""));
        Assert.Equal((HttpStatusCode.Forbidden, """{"error":"banned: you are banned from this conversation"}"""),
            await SendAsync(HttpMethod.Get, $"/api/v1/chat/{id}/messages?user_id=cem", ""));
        foreach (var (query, readOnly, banned) in new[]
            { ("", "forbidden", "forbidden"), ("&features=receipts", "read_only", "banned") })
        {
            await using var ben = await RawClient.ConnectAsync(_server.Http.BaseAddress!, $"user_id=ben{query}");
            await ben.SendAsync($$"""{"type":"join","conversation_id":"{{id}}"}""");
            await ben.UntilAsync("joined");
            await ben.SendAsync($$"""{"type":"message","conversation_id":"{{id}}","body":"hi"}""");
            Assert.Equal(readOnly, (await ben.UntilErrorAsync()).GetProperty("code").GetString());
            await using var cem = await RawClient.ConnectAsync(_server.Http.BaseAddress!, $"user_id=cem{query}");
            await cem.SendAsync($$"""{"type":"join","conversation_id":"{{id}}"}""");
            Assert.Equal(banned, (await cem.UntilErrorAsync()).GetProperty("code").GetString());
        }
    }

    // CH-200
    [Fact]
    public async Task Where_back_ends_bring_users_together_users_do_not()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await RestServer.StartAsync(database.Settings,
            ("Chat:Conversations:AddPolicy", "Backend"));
        var refused = await server.PostAsync("/api/v1/chat", """{"participant_ids":["ben"]}""");
        Assert.Equal((HttpStatusCode.Forbidden,
            """{"error":"here conversations are created by the application only"}"""), (refused.Status, refused.Body));
    }

    private async Task DoneAsync(HttpMethod method, string path, string body) =>
        Assert.Equal((HttpStatusCode.OK, """{"status":"success"}"""), await SendAsync(method, path, body));

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string body)
    {
        var answer = await _server.AskAsync(method, path, body);
        return (answer.Status, answer.Body);
    }
}
