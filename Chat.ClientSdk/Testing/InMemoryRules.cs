using System.Text;
using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Testing;

/// <summary>What a real server refuses, in its words.</summary>
internal static class InMemoryRules
{
    public static ChatRefusedException Forbidden() =>
        new(new ChatError(ChatErrorCode.Forbidden, "you are not a participant of this conversation, or it does not exist"));

    public static ChatRefusedException BadRequest(string message) => new(new ChatError(ChatErrorCode.BadRequest, message));

    public static MessageEntry Draft(UserId sender, ConversationId conversation, string? body, SendOptions options, DateTimeOffset now)
    {
        var text = CheckBody(body);
        if (options.MsgType is not (MessageType.Text or MessageType.Image or MessageType.File))
            throw BadRequest("msg_type must be 0 (text), 1 (image) or 2 (file)");
        var attachment = string.IsNullOrEmpty(options.AttachmentUrl) ? null : options.AttachmentUrl;
        if (attachment is not null) CheckText("attachment_url", attachment, ChatLimits.AttachmentUrlLength);
        if (text is null && attachment is null) throw BadRequest("body must not be empty when there is no attachment_url");
        if (options.AttachmentMeta is { } meta) CheckMeta(meta);
        var key = string.IsNullOrEmpty(options.DedupeKey) ? null : options.DedupeKey;
        if (key is not null) CheckText("dedupe_key", key, ChatLimits.DedupeKeyLength);
        return new MessageEntry
        {
            Id = MessageId.New(now), ConversationId = conversation, Sequence = 0, SenderId = sender, CreatedAt = now, Body = text,
            MsgType = options.MsgType, AttachmentUrl = attachment, AttachmentMeta = options.AttachmentMeta, DedupeKey = key,
        };
    }

    /// <summary>Who takes part in a new conversation, the creator included, and its title.</summary>
    public static (List<UserId> Participants, string? Title) Check(UserId creator, CreateConversation command)
    {
        var participants = CheckParticipants(command.ParticipantIds);
        if (!participants.Contains(creator)) participants.Insert(0, creator);
        var title = string.IsNullOrWhiteSpace(command.Title) ? null : command.Title.Trim();
        if (title is not null) CheckText("title", title, ChatLimits.TitleLength);
        if (command.Kind is not (ConversationKind.Group or ConversationKind.Direct)) throw BadRequest("kind must be group or direct");
        if (command.Kind == ConversationKind.Direct && (participants.Count != 2 || title is not null))
            throw BadRequest("a direct conversation has exactly two participants and no title");
        return (participants, title);
    }

    public static List<UserId> CheckParticipants(IReadOnlyList<UserId> participants)
    {
        var distinct = participants.Where(user => user != default).Distinct().ToList();
        if (distinct.Count == 0) throw BadRequest("participant_ids must include at least one user id");
        if (participants.Count > ChatLimits.ParticipantsPerRequest)
            throw BadRequest($"participant_ids must include at most {ChatLimits.ParticipantsPerRequest} user ids");
        return distinct;
    }

    public static int CheckPage(HistoryQuery query)
    {
        if (query.Before is not null && query.After is not null) throw BadRequest("give before or after, not both");
        if (query.Before < 0 || query.After < 0) throw BadRequest("before and after must not be negative");
        var limit = query.Limit ?? ChatLimits.DefaultHistoryPage;
        return limit is >= 1 and <= ChatLimits.HistoryPage ? limit : throw BadRequest($"limit must be from 1 to {ChatLimits.HistoryPage}");
    }

    private static string? CheckBody(string? body)
    {
        var text = body?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        CheckStorable("body", text);
        if (Encoding.UTF8.GetByteCount(text) > ChatLimits.BodyBytes) throw BadRequest($"body must have at most {ChatLimits.BodyBytes} bytes in UTF-8");
        return text;
    }

    private static void CheckText(string field, string text, int maxLength)
    {
        if (text.Length > maxLength) throw BadRequest($"{field} must have at most {maxLength} characters");
        CheckStorable(field, text);
    }

    private static void CheckStorable(string field, string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) throw BadRequest($"{field} must not contain NUL characters");
        if (!ChatText.IsWellFormed(text)) throw BadRequest($"{field} must be valid Unicode text, without lone surrogates");
    }

    private static void CheckMeta(RawJson meta)
    {
        if (Encoding.UTF8.GetByteCount(meta.Text) > ChatLimits.AttachmentMetaBytes)
            throw BadRequest($"attachment_meta must have at most {ChatLimits.AttachmentMetaBytes} bytes");
        try
        {
            using var parsed = JsonDocument.Parse(meta.Text, new JsonDocumentOptions { MaxDepth = ChatLimits.JsonDepth });
            if (parsed.RootElement.ValueKind == JsonValueKind.String) // a string must hold JSON itself
                JsonDocument.Parse(parsed.RootElement.GetString()!, new JsonDocumentOptions { MaxDepth = ChatLimits.JsonDepth }).Dispose();
        }
        catch (JsonException)
        {
            throw BadRequest($"attachment_meta must be JSON, or a string that holds JSON, nested at most {ChatLimits.JsonDepth} levels");
        }
    }
}
