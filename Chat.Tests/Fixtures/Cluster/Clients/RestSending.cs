using System.Net;
using System.Net.Http.Json;
using Chat.Contracts.Errors;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>One request a message: to a conversation with a dedupe key, or to the room, which has none.</summary>
internal sealed class RestSending : ISending
{
    private readonly ClientContext _context;
    private readonly Uri _instance;
    private readonly string _user;
    private readonly Guid? _conversation;

    private RestSending(ClientContext context, Uri instance, string user, Guid? conversation) =>
        (_context, _instance, _user, _conversation) = (context, instance, user, conversation);

    public static Task<ISending> OpenAsync(
        ClientContext context, Uri instance, string user, Guid conversation, CancellationToken ct) =>
        Task.FromResult<ISending>(new RestSending(context, instance, user, conversation));

    /// <summary>A client of the room. Joining again says that it is there already, which is fine.</summary>
    public static async Task<ISending> OpenRoomAsync(
        ClientContext context, Uri instance, string user, Guid conversation, CancellationToken ct)
    {
        await RoomCalls.JoinAsync(context, instance, user, ct);
        return new RestSending(context, instance, user, null);
    }

    public async Task SendAsync(
        IReadOnlyList<PendingSend> sends, Action<PendingSend, SendAnswer> acknowledged, CancellationToken ct)
    {
        foreach (var send in sends)
        {
            using var answer = _conversation is { } conversation
                ? await _context.Http.PostAsJsonAsync(new Uri(_instance, $"/api/v1/chat/{conversation}"),
                    new { sender_id = _user, body = send.Body, dedupe_key = send.Key }, ct)
                : await _context.Http.PostAsJsonAsync(new Uri(_instance, "/api/send"),
                    new { client_id = _user, message = send.Body }, ct);
            var text = await answer.Content.ReadAsStringAsync(ct);
            if (!answer.IsSuccessStatusCode)
                throw _context.Refused(_user, "a message", CodeOf(answer.StatusCode), text);
            // A conversation's answer names the task of this attempt; what is stored may be that of an earlier one,
            // whose answer was lost.
            acknowledged(send, new SendAnswer(null, null, false));
        }
    }

    public ValueTask DisposeAsync() => default;

    public static ChatErrorCode CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Forbidden => ChatErrorCode.Forbidden,
        >= HttpStatusCode.InternalServerError => ChatErrorCode.InternalError,
        _ => ChatErrorCode.BadRequest,
    };
}
