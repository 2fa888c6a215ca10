using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;
using Chat.Contracts.Rules;

namespace Chat.Server.Persistence.Entries;

/// <content>The entry that has this content.</content>
internal readonly partial record struct EntryContent
{
    private string? Body => Text.Length == 0 ? null : Text;

    private RawJson? Meta => AttachmentMeta is null ? null : new RawJson(AttachmentMeta);

    public ConversationEntry ToEntry(in EntryHeader header) => Kind switch
    {
        EntryKind.Message => ToMessage(header),
        EntryKind.MessageEdited or EntryKind.MessageDeleted or EntryKind.ReactionsChanged
            or EntryKind.Pinned or EntryKind.Unpinned => ToAmendment(header),
        _ => ToMembership(header),
    };

    /// <summary>A message as it is sent; the opposite of <see cref="Message"/>.</summary>
    public CheckedMessage ToMessage() => new(Body, new SendOptions
    {
        DedupeKey = DedupeKey, MsgType = MsgType, AttachmentUrl = AttachmentUrl, AttachmentMeta = Meta,
        ReplyTo = ReplyTo, Thread = Thread, AlsoInConversation = AlsoInConversation, Mentions = Payload?.Mentions,
        Attachments = Payload?.Attachments,
    });

    private MessageEntry ToMessage(in EntryHeader h) => new()
    {
        Id = h.Id, ConversationId = h.ConversationId, Sequence = h.Sequence, SenderId = h.SenderId,
            CreatedAt = h.CreatedAt,
        Body = Body,
        MsgType = MsgType,
        AttachmentUrl = AttachmentUrl,
        AttachmentMeta = Meta,
        DedupeKey = DedupeKey,
        ReplyTo = ReplyTo,
        Thread = Thread,
        AlsoInConversation = AlsoInConversation,
        Mentions = Payload?.Mentions,
        Attachments = Payload?.Attachments,
        Erased = IsErased,
    };

    private ConversationEntry ToAmendment(in EntryHeader h) => Kind switch
    {
        EntryKind.MessageEdited => new MessageEditedEntry
        {
            Id = h.Id, ConversationId = h.ConversationId, Sequence = h.Sequence, SenderId = h.SenderId,
                CreatedAt = h.CreatedAt,
            TargetSequence = TargetSequence ?? 0, Body = Body,
            AttachmentUrl = AttachmentUrl,
            AttachmentMeta = Meta,
            Mentions = Payload?.Mentions, Attachments = Payload?.Attachments,
            Erased = IsErased,
        },
        EntryKind.MessageDeleted => new MessageDeletedEntry
        {
            Id = h.Id, ConversationId = h.ConversationId, Sequence = h.Sequence, SenderId = h.SenderId,
                CreatedAt = h.CreatedAt,
            TargetSequence = TargetSequence ?? 0, Reason = Payload?.Reason,
        },
        EntryKind.Pinned => new PinnedEntry
        {
            Id = h.Id, ConversationId = h.ConversationId, Sequence = h.Sequence, SenderId = h.SenderId,
            CreatedAt = h.CreatedAt, TargetSequence = TargetSequence ?? 0,
        },
        EntryKind.Unpinned => new UnpinnedEntry
        {
            Id = h.Id, ConversationId = h.ConversationId, Sequence = h.Sequence, SenderId = h.SenderId,
            CreatedAt = h.CreatedAt, TargetSequence = TargetSequence ?? 0,
        },
        _ => new ReactionsChangedEntry
        {
            Id = h.Id, ConversationId = h.ConversationId, Sequence = h.Sequence, SenderId = h.SenderId,
            CreatedAt = h.CreatedAt, TargetSequence = TargetSequence ?? 0, Counts = Payload?.Counts ?? [],
            Changes = Payload?.Changes,
        },
    };

    private ConversationEntry ToMembership(in EntryHeader h) => Kind switch
    {
        EntryKind.ConversationCreated => new ConversationCreatedEntry
        {
            Id = h.Id, ConversationId = h.ConversationId, Sequence = h.Sequence, SenderId = h.SenderId,
                CreatedAt = h.CreatedAt,
            ParticipantIds = Payload?.ParticipantIds ?? [], Title = Payload?.Title,
        },
        EntryKind.ParticipantsAdded => new ParticipantsAddedEntry
        {
            Id = h.Id, ConversationId = h.ConversationId, Sequence = h.Sequence, SenderId = h.SenderId,
                CreatedAt = h.CreatedAt,
            ParticipantIds = Payload?.ParticipantIds ?? [],
        },
        EntryKind.ParticipantRemoved => new ParticipantRemovedEntry
        {
            Id = h.Id, ConversationId = h.ConversationId, Sequence = h.Sequence, SenderId = h.SenderId,
                CreatedAt = h.CreatedAt,
            ParticipantId = Payload?.ParticipantId ?? default,
        },
        EntryKind.RoleChanged => new RoleChangedEntry
        {
            Id = h.Id, ConversationId = h.ConversationId, Sequence = h.Sequence, SenderId = h.SenderId,
            CreatedAt = h.CreatedAt,
            ParticipantId = Payload?.ParticipantId ?? default, Role = Payload?.Role ?? default, Until = Payload?.Until,
        },
        EntryKind.ConversationChanged => new ConversationChangedEntry
        {
            Id = h.Id, ConversationId = h.ConversationId, Sequence = h.Sequence, SenderId = h.SenderId,
            CreatedAt = h.CreatedAt,
            Title = Payload?.Title, SlowModeSeconds = Payload?.SlowModeSeconds, Topic = Payload?.Topic,
            AvatarUrl = Payload?.AvatarUrl, IsArchived = Payload?.IsArchived,
        },
        EntryKind.ContentErased => new ContentErasedEntry
        {
            Id = h.Id, ConversationId = h.ConversationId, Sequence = h.Sequence, SenderId = h.SenderId,
            CreatedAt = h.CreatedAt,
            ThroughSequence = Payload?.ThroughSequence, UserId = Payload?.ParticipantId,
        },
        // Of a kind that a newer version stored.
        _ => new UnknownEntry
        {
            Id = h.Id, ConversationId = h.ConversationId, Sequence = h.Sequence, SenderId = h.SenderId,
            CreatedAt = h.CreatedAt,
        },
    };
}
