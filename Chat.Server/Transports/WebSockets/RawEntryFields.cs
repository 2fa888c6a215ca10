using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports.WebSockets;

/// <summary>The keys of an entry.</summary>
internal static class RawEntryFields
{
    private static readonly JsonEncodedText Until = JsonEncodedText.Encode("until");
    private static readonly JsonKey ThroughSeqKey = new("throughSeq");
    private static readonly JsonKey AttachmentUrlKey = new(ChatField.AttachmentUrl);
    private static readonly JsonKey AttachmentMetaKey = new(ChatField.AttachmentMeta);
    private static readonly JsonKey ParticipantIdKey = new(ChatField.ParticipantId);
    private static readonly JsonKey ParticipantIdsKey = new(ChatField.ParticipantIds);
    private static readonly JsonKey SlowModeKey = new(ChatField.SlowModeSeconds);
    private static readonly JsonKey AvatarUrlKey = new(ChatField.AvatarUrl), IsArchivedKey = new(ChatField.IsArchived);

    /// <summary>A message, without its sequence.</summary>
    public static void WriteMessage(
        Utf8JsonWriter writer, JsonNames names, MessageEntry message, RawFeatures features)
    {
        MessageFields.Write(writer, message, names);
        if (features.HasFlag(RawFeatures.Threads)) ThreadFields.Write(writer, message, names);
        if (features.HasFlag(RawFeatures.Edits) && message.Erased) writer.WriteBoolean("erased"u8, true);
    }

    /// <summary>An entry that is not a message: the common keys, then those of its kind. What a feature added is shown
    /// to those who asked for that; others are shown that there is an entry.</summary>
    public static void WriteAll(
        Utf8JsonWriter writer, JsonNames names, ConversationEntry entry, RawFeatures features)
    {
        writer.WriteString("id"u8, entry.Id.Value);
        writer.WriteNumber("seq"u8, entry.Sequence);
        writer.WriteString("kind"u8, names.Policy.ConvertName(entry.Kind.ToString()));
        writer.WriteString(names.SenderId, entry.SenderId.Value);
        EntryJson.WriteTime(writer, names.CreatedAt, entry.CreatedAt);
        switch (entry)
        {
            case ConversationCreatedEntry created:
                WriteUsers(writer, names, created.ParticipantIds);
                writer.WriteString("title"u8, created.Title);
                break;
            case ParticipantsAddedEntry added:
                WriteUsers(writer, names, added.ParticipantIds);
                break;
            case ParticipantRemovedEntry removed:
                writer.WriteString(ParticipantIdKey.In(names), removed.ParticipantId.Value);
                break;
            case RoleChangedEntry changed:
                writer.WriteString(ParticipantIdKey.In(names), changed.ParticipantId.Value);
                writer.WriteString("role"u8, RoleNames.Of(changed.Role));
                EntryJson.WriteTimeOrNull(writer, Until, changed.Until);
                break;
            case ConversationChangedEntry changed:
                writer.WriteString("title"u8, changed.Title);
                EntryJson.WriteNumberOrNull(writer, SlowModeKey.In(names), changed.SlowModeSeconds);
                if (changed.Topic is { } topic) writer.WriteString("topic"u8, topic);
                if (changed.AvatarUrl is { } avatar) writer.WriteString(AvatarUrlKey.In(names), avatar);
                if (changed.IsArchived is { } archived) writer.WriteBoolean(IsArchivedKey.In(names), archived);
                break;
            default:
                WriteAmendment(writer, names, entry, features);
                break;
        }
    }

    private static void WriteAmendment(
        Utf8JsonWriter writer, JsonNames names, ConversationEntry entry, RawFeatures features)
    {
        switch (entry)
        {
            case MessageEditedEntry edited when features.HasFlag(RawFeatures.Edits):
                writer.WriteNumber(AmendmentFields.TargetSeqKey.In(names), edited.TargetSequence);
                writer.WriteString("body"u8, edited.Body);
                writer.WriteString(AttachmentUrlKey.In(names), edited.AttachmentUrl);
                EntryJson.WriteRawOrNull(writer, AttachmentMetaKey.In(names), edited.AttachmentMeta);
                if (features.HasFlag(RawFeatures.Threads))
                    ThreadFields.Write(writer, edited.Mentions, edited.Attachments, names);
                if (edited.Erased) writer.WriteBoolean("erased"u8, true);
                break;
            case MessageDeletedEntry deleted when features.HasFlag(RawFeatures.Edits):
                writer.WriteNumber(AmendmentFields.TargetSeqKey.In(names), deleted.TargetSequence);
                writer.WriteString("reason"u8, deleted.Reason);
                break;
            case ContentErasedEntry erased when features.HasFlag(RawFeatures.Edits):
                EntryJson.WriteNumberOrNull(writer, ThroughSeqKey.In(names), erased.ThroughSequence);
                writer.WriteString(names.UserId, erased.UserId?.Value);
                break;
            case PinnedEntry pinned when features.HasFlag(RawFeatures.Threads):
                writer.WriteNumber(AmendmentFields.TargetSeqKey.In(names), pinned.TargetSequence);
                break;
            case UnpinnedEntry unpinned when features.HasFlag(RawFeatures.Threads):
                writer.WriteNumber(AmendmentFields.TargetSeqKey.In(names), unpinned.TargetSequence);
                break;
            case ReactionsChangedEntry reactions when features.HasFlag(RawFeatures.Reactions):
                writer.WriteNumber(AmendmentFields.TargetSeqKey.In(names), reactions.TargetSequence);
                ReactionFields.WriteCounts(writer, reactions.Counts);
                ReactionFields.WriteUsers(writer, names, "changes", reactions.Changes);
                break;
        }
    }

    private static void WriteUsers(Utf8JsonWriter writer, JsonNames names, IReadOnlyList<UserId> users)
    {
        writer.WriteStartArray(ParticipantIdsKey.In(names));
        foreach (var user in users) writer.WriteStringValue(user.Value);
        writer.WriteEndArray();
    }
}
