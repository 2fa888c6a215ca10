using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Tasks;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.WebSockets;

namespace Chat.Server.Transports.Rest;

/// <summary>go-chatty's conversations over REST.</summary>
internal sealed class ChatEndpoints(
    IIdentity identity, ChatService chat, ITaskQueue queue, Answers answers, RequestLimits limits)
{
    public async Task SendAsync(HttpContext http, string id)
    {
        var conversation = ConversationOf(id);
        var body = await RequestBody.ReadAsync(http);
        limits.SpendSend(http, body.Length);
        var command = RestSend.Parse(body);
        if (!identity.TryNamed(http, "sender_id", command.SenderId, out var sender, out var refusal))
            throw new ChatException(refusal);
        var options = command.Threads.AddTo(command.Message.ToOptions());
        var message = await chat.CheckSendAsync(
            sender, conversation, command.Message.Body, options, http.RequestAborted);
        var task = ChatSendTask.Of(sender, conversation, message.Body, message.Options);
        var queued = await queue.EnqueueAsync(ChatSendTask.Type, task, ChatSendJson.Default.ChatSendTask, task.Plan(),
            http.RequestAborted);
        await RestAnswer.WriteAsync(http, StatusCodes.Status202Accepted, (queued.Id, conversation, Sender: sender.Id),
            static (writer, sent) =>
        {
            writer.WriteString("status"u8, "queued"u8);
            writer.WriteString("task_id"u8, sent.Id);
            writer.WriteString("chat_id"u8, sent.conversation.Value);
            writer.WriteString("sender_id"u8, sent.Sender.Value);
        });
    }

    public async Task ListAsync(HttpContext http, string id)
    {
        var conversation = ConversationOf(id);
        if (ViewQuery.Parse(http.Request.Query) is { } view)
        {
            await ShowAsync(http, conversation, view);
            return;
        }
        var page = PageQuery.Parse(http.Request.Query);
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.Page);
        var found = await chat.MessagesAsync(CallerOf(http), conversation, page.Before, page.After, page.Offset,
            page.Limit, http.RequestAborted);
        if (found is null) throw new NotFoundException("conversation not found");
        room.Hold(AnswerWeight.Of(found.Value.Messages));
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, (found.Value.Messages, found.Value.IsCut, page),
            static (writer, s) => WritePage(writer, s.Messages, s.IsCut, s.page));
    }

    /// <summary>A view is some user's: the request says whose.</summary>
    private async Task ShowAsync(HttpContext http, ConversationId conversation, HistoryQuery view)
    {
        var caller = identity.CallerOf(http);
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.Page);
        var page = await chat.HistoryAsync(caller, conversation, view, http.RequestAborted);
        room.Hold(AnswerWeight.Of(page));
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, page,
            static (writer, found) => HistoryAnswer.Write(
                writer, JsonNames.Snake, found, RawFeatures.Edits | RawFeatures.Threads | RawFeatures.Reactions));
    }

    private static void WritePage(Utf8JsonWriter writer, List<MessageEntry> messages, bool isCut, PageQuery page)
    {
        writer.WriteStartArray("messages"u8);
        foreach (var message in messages)
        {
            writer.WriteStartObject();
            MessageFields.Write(writer, message, JsonNames.Snake);
            ThreadFields.Write(writer, message, JsonNames.Snake);
            if (page.ByPosition) writer.WriteNumber("seq"u8, message.Sequence);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteNumber("limit"u8, page.Limit);
        writer.WriteNumber("offset"u8, page.Offset);
        writer.WriteNumber("count"u8, messages.Count);
        // Only where the count alone would look like the end, so that the answer is else what it always was.
        if (isCut) writer.WriteBoolean("has_more"u8, true);
    }

    /// <summary>Who asks, where the request says so; in open mode, and of the application, it need not.</summary>
    private Caller CallerOf(HttpContext http)
    {
        var caller = identity.FindProven(http);
        if (caller is not { IsNobody: false } && !CallerName.IsIn(http.Request)) return caller ?? OpenIdentity.Nobody;
        return identity.CallerOf(http);
    }

    public static ConversationId ConversationOf(string id) =>
        ConversationId.TryParse(id, out var conversation)
            ? conversation
            : throw ChatException.BadRequest("the conversation id must be a UUID");
}
