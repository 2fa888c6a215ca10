using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence.Entries;

namespace Chat.Tests.Fixtures;

/// <summary>Entries, and what the core hands to a store to get them.</summary>
internal static class Drafts
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What a store is asked for to get these entries; their sequences and times do not count.</summary>
    public static Draft[] Of(params IEnumerable<ConversationEntry> entries) => [.. entries.Select(Of)];

    private static Draft Of(ConversationEntry entry) => new(entry.Id, entry.ConversationId, entry.SenderId, entry switch
    {
        MessageEntry m => EntryContent.Of(m),
        ConversationCreatedEntry c => EntryContent.ConversationCreated(c.ParticipantIds, c.Title),
        ParticipantsAddedEntry a => EntryContent.ParticipantsAdded(a.ParticipantIds),
        ParticipantRemovedEntry r => EntryContent.ParticipantRemoved(r.ParticipantId),
        RoleChangedEntry r => EntryContent.RoleChanged(r.ParticipantId, r.Role, r.Until),
        ConversationChangedEntry c => EntryContent.ConversationChanged(EntryContent.ChangeOf(c)),
        MessageEditedEntry e => EntryContent.MessageEdited(e.TargetSequence,
            new CheckedMessage(e.Body, new SendOptions
            {
                AttachmentUrl = e.AttachmentUrl, AttachmentMeta = e.AttachmentMeta, Mentions = e.Mentions,
                Attachments = e.Attachments,
            })),
        MessageDeletedEntry d => EntryContent.MessageDeleted(d.TargetSequence, d.Reason),
        PinnedEntry p => EntryContent.Pinned(p.TargetSequence, isPinned: true),
        UnpinnedEntry u => EntryContent.Pinned(u.TargetSequence, isPinned: false),
        ContentErasedEntry e => EntryContent.ContentErased(e.ThroughSequence, e.UserId),
        ReactionsChangedEntry r => EntryContent.ReactionsChanged(r.TargetSequence, r.Counts, r.Changes),
        _ => throw new ArgumentException($"no draft for {entry.Kind}", nameof(entry)),
    });

    public static MessageEntry Message(
        ConversationId conversation, string? body = "hello", string sender = "ann", string? dedupeKey = null) => new()
    {
        Id = MessageId.New(Noon), ConversationId = conversation, Sequence = 0, SenderId = UserId.Parse(sender),
        CreatedAt = default,
        Body = body, DedupeKey = dedupeKey,
    };

    public static ConversationCreatedEntry Created(params IEnumerable<string> participants) => new()
    {
        Id = MessageId.New(Noon), ConversationId = ConversationId.New(Noon), Sequence = 1,
        SenderId = UserId.Parse(participants.First()), CreatedAt = Noon,
        ParticipantIds = [.. participants.Select(UserId.Parse)],
    };

    public static ParticipantsAddedEntry Added(ConversationId conversation, params IEnumerable<string> users) => new()
    {
        Id = MessageId.New(Noon), ConversationId = conversation, Sequence = 0, SenderId = UserId.Parse("ann"),
        CreatedAt = default,
        ParticipantIds = [.. users.Select(UserId.Parse)],
    };

    public static ParticipantRemovedEntry Removed(ConversationId conversation, string user) => new()
    {
        Id = MessageId.New(Noon), ConversationId = conversation, Sequence = 0, SenderId = UserId.Parse("ann"),
        CreatedAt = default,
        ParticipantId = UserId.Parse(user),
    };

    public static MessageEditedEntry Edited(
        ConversationId conversation, long target, string body, string sender = "ann") => new()
    {
        Id = MessageId.New(Noon), ConversationId = conversation, Sequence = 0, SenderId = UserId.Parse(sender),
        CreatedAt = default,
        TargetSequence = target, Body = body,
    };

    public static MessageDeletedEntry Deleted(
        ConversationId conversation, long target, string sender = "ann") => new()
    {
        Id = MessageId.New(Noon), ConversationId = conversation, Sequence = 0, SenderId = UserId.Parse(sender),
        CreatedAt = default,
        TargetSequence = target,
    };

    public static ReactionsChangedEntry Reaction(
        ConversationId conversation, long target, string sender = "bob") => new()
    {
        Id = MessageId.New(Noon), ConversationId = conversation, Sequence = 0, SenderId = UserId.Parse(sender),
        CreatedAt = default,
        TargetSequence = target, Counts = [new ReactionCount("👍", 1)],
    };

    public static PinnedEntry Pinned(
        ConversationId conversation, long target, string sender = "ann") => new()
    {
        Id = MessageId.New(Noon), ConversationId = conversation, Sequence = 0, SenderId = UserId.Parse(sender),
        CreatedAt = default,
        TargetSequence = target,
    };

    public static UnpinnedEntry Unpinned(
        ConversationId conversation, long target, string sender = "ann") => new()
    {
        Id = MessageId.New(Noon), ConversationId = conversation, Sequence = 0, SenderId = UserId.Parse(sender),
        CreatedAt = default,
        TargetSequence = target,
    };
}
