using System.Runtime.InteropServices;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.Server.Persistence.Rows;

/// <summary>The columns that every entry has; with the others they make the entry again.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoredEntry(
    MessageId Id, ConversationId ConversationId, long Sequence, UserId SenderId, DateTimeOffset CreatedAt, EntryKind Kind)
{
    public ConversationEntry With(in EntryColumns columns) => Kind switch
    {
        EntryKind.Message => ToMessage(columns),
        EntryKind.MessageEdited or EntryKind.MessageDeleted or EntryKind.Reaction => ToAmendment(columns),
        _ => ToMembership(columns),
    };

    private MessageEntry ToMessage(in EntryColumns columns) => new()
    {
        Id = Id,
        ConversationId = ConversationId,
        Sequence = Sequence,
        SenderId = SenderId,
        CreatedAt = CreatedAt,
        Body = columns.Message.Length == 0 ? null : columns.Message,
        MsgType = columns.MsgType,
        AttachmentUrl = columns.AttachmentUrl,
        AttachmentMeta = columns.AttachmentMeta is null ? null : new RawJson(columns.AttachmentMeta),
        DedupeKey = columns.DedupeKey,
    };

    private ConversationEntry ToAmendment(in EntryColumns columns)
    {
        var target = columns.TargetSequence ?? 0;
        var payload = EntryPayload.Parse(columns.Payload);
        return Kind switch
        {
            EntryKind.MessageEdited => new MessageEditedEntry
            {
                Id = Id, ConversationId = ConversationId, Sequence = Sequence, SenderId = SenderId, CreatedAt = CreatedAt,
                TargetSequence = target, Body = columns.Message,
            },
            EntryKind.MessageDeleted => new MessageDeletedEntry
            {
                Id = Id, ConversationId = ConversationId, Sequence = Sequence, SenderId = SenderId, CreatedAt = CreatedAt,
                TargetSequence = target,
            },
            _ => new ReactionEntry
            {
                Id = Id, ConversationId = ConversationId, Sequence = Sequence, SenderId = SenderId, CreatedAt = CreatedAt,
                TargetSequence = target, Reaction = payload.Reaction ?? "", Removed = payload.Removed ?? false,
            },
        };
    }

    private ConversationEntry ToMembership(in EntryColumns columns)
    {
        var payload = EntryPayload.Parse(columns.Payload);
        return Kind switch
        {
            EntryKind.ConversationCreated => new ConversationCreatedEntry
            {
                Id = Id, ConversationId = ConversationId, Sequence = Sequence, SenderId = SenderId, CreatedAt = CreatedAt,
                ParticipantIds = payload.ParticipantIds ?? [], Title = payload.Title,
            },
            EntryKind.ParticipantsAdded => new ParticipantsAddedEntry
            {
                Id = Id, ConversationId = ConversationId, Sequence = Sequence, SenderId = SenderId, CreatedAt = CreatedAt,
                ParticipantIds = payload.ParticipantIds ?? [],
            },
            EntryKind.ParticipantRemoved => new ParticipantRemovedEntry
            {
                Id = Id, ConversationId = ConversationId, Sequence = Sequence, SenderId = SenderId, CreatedAt = CreatedAt,
                ParticipantId = payload.ParticipantId ?? default,
            },
            EntryKind.ConversationRenamed => new ConversationRenamedEntry
            {
                Id = Id, ConversationId = ConversationId, Sequence = Sequence, SenderId = SenderId, CreatedAt = CreatedAt,
                Title = payload.Title,
            },
            _ => throw new InvalidDataException($"entry {Sequence} of conversation {ConversationId} has kind {(int)Kind}, which this version does not know"),
        };
    }
}
