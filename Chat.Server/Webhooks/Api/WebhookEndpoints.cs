using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Transports;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Webhooks.Api;

/// <summary>What operators see of webhooks and do with them. No answer has an address or a secret.</summary>
internal sealed class WebhookEndpoints(WebhookDesk desk)
{
    private static readonly JsonEncodedText FailingSince = JsonEncodedText.Encode("failing_since"),
        DisabledAt = JsonEncodedText.Encode("disabled_at");

    public async Task ListAsync(HttpContext http) => await RestAnswer.WriteAsync(
        http, StatusCodes.Status200OK, await desk.ListAsync(http.RequestAborted), static (writer, states) =>
        {
            writer.WriteStartArray("webhooks"u8);
            foreach (var state in states)
            {
                writer.WriteStartObject();
                Write(writer, state);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteNumber("count"u8, states.Count);
        });

    // A change is made even if the client does not wait for the answer.
    public async Task EnableAsync(HttpContext http, string name) =>
        await AnswerAsync(http, await desk.EnableAsync(name, CancellationToken.None));

    public async Task ReplayAsync(HttpContext http, string name)
    {
        var wanted = RestReplay.Parse(await RequestBody.ReadAsync(http));
        await AnswerAsync(http, await desk.ReplayAsync(
            name, StartOf(wanted.From), ConversationOf(wanted.Conversation), CancellationToken.None));
    }

    private static Task AnswerAsync(HttpContext http, WebhookState? state) =>
        RestAnswer.WriteAsync(http, StatusCodes.Status200OK,
            state ?? throw new NotFoundException("webhook not found"), Write);

    private static ChatStart StartOf(string? from) => ChatStart.Parse(from) ?? throw ChatException.BadRequest(
        "from must be a time like 2025-01-01T12:00:00Z, or \"beginning\", or \"now\", which leaves out what waits");

    private static ConversationId? ConversationOf(string? text) =>
        text is null ? null
        : ConversationId.TryParse(text, out var id) ? id
        : throw ChatException.BadRequest("conversation_id must be the id of a conversation");

    private static void Write(Utf8JsonWriter writer, WebhookState state)
    {
        writer.WriteString("name"u8, state.Name);
        writer.WriteString("state"u8, state.Word);
        EntryJson.WriteTimeOrNull(writer, FailingSince, state.FailingSince);
        EntryJson.WriteTimeOrNull(writer, DisabledAt, state.DisabledAt);
        writer.WriteString("reason"u8, state.Reason);
        writer.WriteNumber("entries_behind"u8, state.EntriesBehind);
        writer.WriteNumber("parked"u8, state.Parked);
    }
}
