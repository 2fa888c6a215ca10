using System.Globalization;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>What a list of conversations shows of the newest entry: long content is cut.</summary>
public static class EntryPreview
{
    /// <summary>Limit of a text in UTF-16 units, whatever its number of characters.</summary>
    public const int TextUnits = 2_048;

    /// <summary>UTF-16 units of an attachment's metadata; larger ones are left out. Of several attachments there is
    /// the first.</summary>
    public const int MetaUnits = 1_024;

    /// <summary>Users that an entry names.</summary>
    private const int Participants = 10;

    /// <summary>The entry, or its preview.</summary>
    /// <param name="entry">The newest one; null while there is none.</param>
    /// <param name="isCut">True when the entry has more than the preview.</param>
    public static ConversationEntry? Of(ConversationEntry? entry, out bool isCut)
    {
        var preview = entry switch
        {
            MessageEntry message => Of(message),
            MessageEditedEntry edited => Of(edited),
            ConversationCreatedEntry { ParticipantIds.Count: > Participants } created =>
                created with { ParticipantIds = [.. created.ParticipantIds.Take(Participants)] },
            ParticipantsAddedEntry { ParticipantIds.Count: > Participants } added =>
                added with { ParticipantIds = [.. added.ParticipantIds.Take(Participants)] },
            _ => entry,
        };
        isCut = !ReferenceEquals(preview, entry);
        return preview;
    }

    private static MessageEditedEntry Of(MessageEditedEntry edited)
    {
        var body = edited.Body is null ? null : Beginning(edited.Body);
        var meta = MetaOf(edited.AttachmentMeta);
        return body?.Length == edited.Body?.Length && meta == edited.AttachmentMeta
            ? edited
            : edited with { Body = body, AttachmentMeta = meta };
    }

    private static MessageEntry Of(MessageEntry message)
    {
        var body = message.Body is null ? null : Beginning(message.Body);
        var meta = MetaOf(message.AttachmentMeta);
        var first = message.Attachments is { Count: > 0 } all ? all[0] : null;
        var isWhole = message.Attachments is null or { Count: 1 } && first?.Meta == MetaOf(first?.Meta);
        if (message.Mentions is { Users.Count: > Participants } mentions)
            message = message with
            {
                Mentions = mentions with { Users = [.. mentions.Users.Take(Participants)] },
            };
        if (!isWhole) message = message with { Attachments = [first! with { Meta = MetaOf(first.Meta) }] };
        return body?.Length == message.Body?.Length && meta == message.AttachmentMeta
            ? message
            : message with { Body = body, AttachmentMeta = meta };
    }

    private static RawJson? MetaOf(RawJson? meta) => meta is { Text.Length: > MetaUnits } ? null : meta;

    /// <summary>The beginning of a text, without a part of a character as users see them (grapheme clusters, UAX
    /// 29).</summary>
    /// <param name="text">The text.</param>
    /// <param name="characters">So many of those at most.</param>
    /// <param name="units">And so many UTF-16 units, because a character may have any number of parts.</param>
    public static string Beginning(string text, int characters, int units)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= characters) return text;
        var end = 0;
        for (var count = 0; count < characters && end < text.Length; count++)
        {
            var next = StringInfo.GetNextTextElementLength(text.AsSpan(end));
            if (end + next > units) break;
            end += next;
        }
        return end == text.Length ? text : text[..end];
    }

    private static string Beginning(string text) => Beginning(text, ChatLimits.PreviewLength, TextUnits);
}
