using System.Net;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Rest;
using FluentAssertions;

namespace Chat.Tests.Integration.Room;

/// <summary>A deployment without a lobby, in whose database it was used before: on every transport its id is that of no
/// conversation.</summary>
public abstract class NoLobbySpec : IAsyncLifetime
{
    private static readonly ConversationId Unknown = ConversationId.New(Drafts.Noon);

    private TestDatabase _database = null!;
    private TestServer _server = null!;

    internal abstract DatabaseKind Kind { get; }

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Kind);
        await using (var before = await TestServer.StartAsync(_database.Settings))
        {
            await using var hub = await before.ConnectHubAsync("ann");
            await hub.SendAsync(ConversationId.Lobby, "from before");
            await hub.MarkReadAsync(ConversationId.Lobby, 1); // makes a participant
        }
        _server = await TestServer.StartAsync(_database.Settings, ("Chat:Core:Lobby", "false"));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    // CH-7
    [SpecFact]
    public async Task The_hub_answers_its_id_as_that_of_no_conversation_and_lists_it_not()
    {
        Func<ChatHubConnection, ConversationId, Task>[] calls =
        [
            (hub, id) => hub.JoinAsync(id),
            (hub, id) => hub.JoinAsync(id, 0),
            (hub, id) => hub.SendAsync(id, "hello"),
            (hub, id) => hub.HistoryAsync(id),
            (hub, id) => hub.MarkReadAsync(id, 1),
            (hub, id) => hub.ReadPositionsAsync(id),
            (hub, id) => hub.SetMutedAsync(id),
            (hub, id) => hub.TypingAsync(id),
            (hub, id) => hub.GetPresenceAsync(id),
            (hub, id) => hub.AddParticipantsAsync(id, [UserId.Parse("ben")]),
            (hub, id) => hub.RemoveParticipantAsync(id, UserId.Parse("ann")),
        ];
        await using var ann = await _server.ConnectHubAsync("ann");
        foreach (var call in calls)
        {
            var lobby = await ann.Awaiting(hub => call(hub, ConversationId.Lobby)).Should()
                .ThrowAsync<ChatRefusedException>();
            var unknown = await ann.Awaiting(hub => call(hub, Unknown)).Should().ThrowAsync<ChatRefusedException>();
            (lobby.Which.Code, lobby.Which.Message).Should().Be((unknown.Which.Code, unknown.Which.Message));
        }
        var own = await ann.CreateConversationAsync(new CreateConversation { ParticipantIds = [UserId.Parse("ben")] });
        (await ann.ConversationsAsync()).Select(one => one.Id).Should().Equal(own.Id);
    }

    // CH-7
    [SpecFact]
    public async Task A_raw_socket_answers_its_id_as_that_of_no_conversation()
    {
        await using var ann = await _server.ConnectRawAsync("ann", "seq");
        foreach (var frame in (string[])["""{"type":"join","conversation_id":"#"}""",
            """{"type":"join","conversation_id":"#","after_seq":0}""",
            """{"type":"message","conversation_id":"#","body":"hello"}"""])
        {
            var lobby = await RefusedAsync(ann, frame, ConversationId.Lobby);
            lobby.Should().Be(await RefusedAsync(ann, frame, Unknown));
        }
    }

    // CH-7, CH-50
    [SpecFact]
    public async Task Rest_has_neither_the_conversation_nor_the_room()
    {
        foreach (var query in (string[])["", "?user_id=ann"])
        {
            var lobby = await GetAsync($"/api/v1/chat/{ConversationId.Lobby}/messages{query}");
            lobby.Should().Be(await GetAsync($"/api/v1/chat/{Unknown}/messages{query}"));
            lobby.Status.Should().Be(query.Length == 0 ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden);
        }
        const string message = """{"sender_id":"ann","body":"hello"}""";
        var sent = await PostAsync($"/api/v1/chat/{ConversationId.Lobby}", message);
        sent.Should().Be(await PostAsync($"/api/v1/chat/{Unknown}", message));
        (await GetAsync("/api/v1/chat?user_id=ann")).Json.GetProperty("count").GetInt32().Should().Be(0);
        foreach (var path in (string[])["/api/join", "/api/leave", "/api/send"])
            IsNoRoom(await PostAsync(path, """{"client_id":"ann","message":"hello"}"""));
        IsNoRoom(await GetAsync("/api/messages?client_id=ann"));
        var document = await _server.Operators.GetStringAsync("/openapi/v1.json");
        document.Should().NotContain("/api/join").And.Contain("/api/v1/chat/{id}");

        static void IsNoRoom(RestAnswer answer) => answer.IsRefused(404,
            "this server has no room: its lobby is turned off (Chat:Core:Lobby)");
    }

    private static async Task<string> RefusedAsync(RawClient client, string frame, ConversationId conversation)
    {
        await client.SendAsync(frame.Replace("#", conversation.ToString(), StringComparison.Ordinal));
        var error = (await client.UntilErrorAsync()).GetRawText();
        return error.Replace(conversation.ToString(), "#", StringComparison.Ordinal);
    }

    private async Task<RestAnswer> GetAsync(string path)
    {
        using var answer = await _server.Http.GetAsync(path);
        return await RestAnswer.ReadAsync(answer);
    }

    private async Task<RestAnswer> PostAsync(string path, string body)
    {
        using var answer = await _server.Http.PostAsync(path, new StringContent(body));
        return await RestAnswer.ReadAsync(answer);
    }
}
