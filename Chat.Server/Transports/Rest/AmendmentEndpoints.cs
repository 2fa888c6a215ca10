using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Rights;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.WebSockets;

namespace Chat.Server.Transports.Rest;

/// <summary>One message over REST: what it says, its versions, edits and its deletion.</summary>
internal sealed class AmendmentEndpoints(
    IIdentity identity, ChatService chat, Amendments amendments, Answers answers, RequestLimits limits)
{
    public async Task ReadAsync(HttpContext http, string id, string sequence)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.Page);
        var page = await chat.MessageAsync(caller, conversation, SequenceOf(sequence), http.RequestAborted);
        await WriteAsync(http, room, page);
    }

    public async Task ReadVersionsAsync(HttpContext http, string id, string sequence)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        ChatException.ThrowIf(PageRules.AfterSequence.Parse(http.Request.Query["after_seq"], out var after));
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.Page);
        var page = await chat.VersionsAsync(
            caller, conversation, SequenceOf(sequence), after, http.RequestAborted);
        await WriteAsync(http, room, page);
    }

    public async Task EditAsync(HttpContext http, string id, string sequence)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var body = await RequestBody.ReadAsync(http);
        limits.SpendSend(http, body.Length);
        var command = RestEdit.Parse(body);
        var stored = await amendments.EnqueueEditAsync(caller, conversation, SequenceOf(sequence),
            command.Amendment.ToEdit(command.Message, command.Threads), http.RequestAborted);
        await RestAnswer.WriteReceiptAsync(http, (await stored).ToReceipt());
    }

    public async Task DeleteAsync(HttpContext http, string id, string sequence)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        limits.SpendSend(http, 0);
        var query = http.Request.Query;
        var command = new DeleteMessage { Reason = query["reason"], DedupeKey = query["dedupe_key"] };
        var stored = await amendments.EnqueueDeleteAsync(
            caller, conversation, SequenceOf(sequence), command, http.RequestAborted);
        await RestAnswer.WriteReceiptAsync(http, (await stored).ToReceipt());
    }

    /// <exception cref="ChatException">It is no sequence of a message.</exception>
    public static long SequenceOf(string text)
    {
        ChatException.ThrowIf(AmendmentRules.Target.Parse(text, out var sequence));
        return sequence ?? throw new ChatException(AmendmentRules.Target.Violation());
    }

    private static async Task WriteAsync(HttpContext http, AnswerRoom room, HistoryPage page)
    {
        room.Hold(AnswerWeight.Of(page));
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, page, static (writer, s) =>
        {
            writer.WriteStartArray("entries"u8);
            foreach (var entry in s.Entries)
                RawListFields.WriteEntry(writer, JsonNames.Snake, entry, RawFeatures.Edits | RawFeatures.Threads);
            writer.WriteEndArray();
            writer.WriteNumber("count"u8, s.Entries.Count);
        });
    }
}
