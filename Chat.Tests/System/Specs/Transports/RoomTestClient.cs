using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Transports;

/// <summary>A client of the REST room: joins the lobby, sends, and polls with <c>after_id</c>.</summary>
internal sealed class RoomTestClient : ITestClient
{
    private readonly HttpClient _http;
    private readonly Queue<Seen> _messages = new();
    private long _cursor;

    private RoomTestClient(TestServer server, string user) =>
        (_http, User) = (new HttpClient { BaseAddress = server.Url, Timeout = Bounds.Wait }, user);

    public string User { get; }

    public static Task<ITestClient> ConnectAsync(TestServer server, string user) =>
        Task.FromResult<ITestClient>(new RoomTestClient(server, user));

    public async Task JoinAsync(ConversationId conversation, long? after = null)
    {
        try
        {
            await PostAsync("/api/join", new { client_id = User });
        }
        catch (RefusedException e) when (e.Text == "client already exists")
        {
            // A poller that was cut is still there: the room forgets clients by time only.
        }
        _cursor = after ?? await HeadAsync();
    }

    public Task LeaveAsync(ConversationId conversation) => PostAsync("/api/leave", new { client_id = User });

    public Task SendAsync(ConversationId conversation, string body, string? dedupeKey = null) =>
        PostAsync("/api/send", new { client_id = User, message = body });

    public async Task<Seen> NextAsync()
    {
        while (_messages.Count == 0)
            foreach (var message in await PollAsync($"after_id={_cursor}"))
            {
                _cursor = message.GetProperty("id").GetInt64();
                _messages.Enqueue(
                    new Seen(_cursor, message.GetProperty("sender_id").GetString()!,
                        message.GetProperty("message").GetString()));
            }
        return _messages.Dequeue();
    }

    public Task CutAsync()
    {
        _http.CancelPendingRequests();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return default;
    }

    /// <summary>The newest id of the room, from the header of an answer.</summary>
    private async Task<long> HeadAsync()
    {
        // "since" in the past answers at once when there is any message; a room without any would wait, so one is sent
        // first.
        await SendAsync(ConversationId.Lobby, "hello");
        using var answer = await _http.GetAsync($"/api/messages?client_id={Uri.EscapeDataString(User)}&after_id=0");
        await ThrowIfRefusedAsync(answer);
        return long.Parse(answer.Headers.GetValues("X-Chat-Cursor").Single(),
            System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<List<JsonElement>> PollAsync(string query)
    {
        using var answer = await _http.GetAsync($"/api/messages?client_id={Uri.EscapeDataString(User)}&{query}");
        await ThrowIfRefusedAsync(answer);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return [.. body.GetProperty("messages").EnumerateArray()];
    }

    private async Task PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body);
        await ThrowIfRefusedAsync(answer);
    }

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode) return;
        var text = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()!;
        throw new RefusedException(answer.StatusCode switch
        {
            HttpStatusCode.BadRequest => "bad_request",
            HttpStatusCode.NotFound or HttpStatusCode.Forbidden => "forbidden",
            _ => "internal_error",
        }, text);
    }
}
