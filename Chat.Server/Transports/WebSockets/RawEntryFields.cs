using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Transports.WebSockets;

/// <summary>The keys of an entry that is not a message.</summary>
internal static class RawEntryFields
{
    private static readonly JsonEncodedText Until = JsonEncodedText.Encode("until");

    /// <summary>The common keys, then those of its kind, where the reader has asked for that.</summary>
    public static void WriteAll(
        Utf8JsonWriter writer, JsonNames names, ConversationEntry entry, RawFeatures features)
    {
        writer.WriteString("id"u8, entry.Id.Value);
        writer.WriteNumber("seq"u8, entry.Sequence);
        writer.WriteString("kind"u8, names.Policy.ConvertName(entry.Kind.ToString()));
        writer.WriteString(names.SenderId, entry.SenderId.Value);
        EntryJson.WriteTime(writer, names.CreatedAt, entry.CreatedAt);
        if (IsAmendment(entry)) WriteAmendment(writer, names, entry, features);
        else Write(writer, names.Policy, entry);
    }

    private static bool IsAmendment(ConversationEntry entry) =>
        entry is MessageEditedEntry or MessageDeletedEntry or ContentErasedEntry or ReactionEntry
            or PinnedEntry or UnpinnedEntry;

    /// <summary>What a feature added: others are shown that there is an entry.</summary>
    private static void WriteAmendment(
        Utf8JsonWriter writer, JsonNames names, ConversationEntry entry, RawFeatures features)
    {
        var policy = names.Policy;
        switch (entry)
        {
            case MessageEditedEntry edited when features.HasFlag(RawFeatures.Edits):
                writer.WriteNumber(policy.ConvertName("TargetSeq"), edited.TargetSequence);
                writer.WriteString("body"u8, edited.Body);
                writer.WriteString(policy.ConvertName("AttachmentUrl"), edited.AttachmentUrl);
                writer.WritePropertyName(policy.ConvertName("AttachmentMeta"));
                if (edited.AttachmentMeta is { } meta) writer.WriteRawValue(meta.Text, skipInputValidation: true);
                else writer.WriteNullValue();
                if (features.HasFlag(RawFeatures.Threads))
                    ThreadFields.Write(writer, edited.Mentions, edited.Attachments, names);
                if (edited.Erased) writer.WriteBoolean("erased"u8, true);
                break;
            case MessageDeletedEntry deleted when features.HasFlag(RawFeatures.Edits):
                writer.WriteNumber(policy.ConvertName("TargetSeq"), deleted.TargetSequence);
                writer.WriteString("reason"u8, deleted.Reason);
                break;
            case ContentErasedEntry erased when features.HasFlag(RawFeatures.Edits):
                writer.WritePropertyName(policy.ConvertName("ThroughSeq"));
                if (erased.ThroughSequence is { } through) writer.WriteNumberValue(through);
                else writer.WriteNullValue();
                writer.WriteString(policy.ConvertName("UserId"), erased.UserId?.Value);
                break;
            case PinnedEntry pinned when features.HasFlag(RawFeatures.Threads):
                writer.WriteNumber(policy.ConvertName("TargetSeq"), pinned.TargetSequence);
                break;
            case UnpinnedEntry unpinned when features.HasFlag(RawFeatures.Threads):
                writer.WriteNumber(policy.ConvertName("TargetSeq"), unpinned.TargetSequence);
                break;
            case ReactionEntry reaction when features.HasFlag(RawFeatures.Reactions):
                writer.WriteNumber(policy.ConvertName("TargetSeq"), reaction.TargetSequence);
                writer.WriteString("reaction"u8, reaction.Reaction);
                writer.WriteBoolean("removed"u8, reaction.Removed);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonNamingPolicy policy, ConversationEntry entry)
    {
        switch (entry)
        {
            case ConversationCreatedEntry created:
                WriteUsers(writer, policy, created.ParticipantIds);
                writer.WriteString("title"u8, created.Title);
                break;
            case ParticipantsAddedEntry added:
                WriteUsers(writer, policy, added.ParticipantIds);
                break;
            case ParticipantRemovedEntry removed:
                writer.WriteString(policy.ConvertName("ParticipantId"), removed.ParticipantId.Value);
                break;
            case RoleChangedEntry changed:
                writer.WriteString(policy.ConvertName("ParticipantId"), changed.ParticipantId.Value);
                writer.WriteString("role"u8, RoleNames.Of(changed.Role));
                EntryJson.WriteTimeOrNull(writer, Until, changed.Until);
                break;
            case ConversationChangedEntry changed:
                writer.WriteString("title"u8, changed.Title);
                writer.WritePropertyName(policy.ConvertName("SlowModeSeconds"));
                if (changed.SlowModeSeconds is { } seconds) writer.WriteNumberValue(seconds);
                else writer.WriteNullValue();
                break;
        }
    }

    private static void WriteUsers(Utf8JsonWriter writer, JsonNamingPolicy policy, IReadOnlyList<UserId> users)
    {
        writer.WriteStartArray(policy.ConvertName("ParticipantIds"));
        foreach (var user in users) writer.WriteStringValue(user.Value);
        writer.WriteEndArray();
    }
}
