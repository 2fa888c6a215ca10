using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.Tests.Unit.Transports;

/// <summary>One entry of each kind with fixed ids and times, for texts that are compared byte for byte.</summary>
internal static class GoldenEntries
{
    public static readonly ConversationId Conversation = new(new Guid("0195a1b2-0000-7000-8000-0000000000c1"));
    public static readonly MessageId Id = new(new Guid("0195a1b2-0000-7000-8000-00000000000e"));
    public static readonly DateTimeOffset Time = new DateTimeOffset(2025, 1, 1, 12, 0, 0,
        TimeSpan.Zero).AddMicroseconds(250_001);

    public static readonly MessageEntry Message = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 7, SenderId = User("ann"), CreatedAt = Time,
        Body = "hello \"world\" <b>ü€😀</b>\n",
    };

    public static readonly MessageEntry Attachment = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 8, SenderId = User("ann"), CreatedAt = Time,
        MsgType = MessageType.Image,
        AttachmentUrl = "https://example.org/a.png", AttachmentMeta = new RawJson("{ \"w\":1.50, \"Größe\":[1e3]}"),
        DedupeKey = "k-1",
    };

    public static readonly MessageEntry Reply = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 11, SenderId = User("bob"), CreatedAt = Time,
        Body = "@ann see", AttachmentUrl = "https://example.org/a.png", AttachmentMeta = new RawJson("{ \"w\":1.50}"),
        ReplyTo = 9, Thread = 7, AlsoInConversation = true,
        Mentions = new MessageMentions { Users = [User("ann"), User("cid")], Everyone = true },
        Attachments =
        [
            new MessageAttachment
            {
                Id = "f1", Url = "https://example.org/a.png", Name = "Größe.png", MediaType = "image/png", Size = 1_234,
                Width = 640, Height = 480, Meta = new RawJson("{ \"w\":1.50}"),
            },
            new MessageAttachment { Url = "https://example.org/b" },
        ],
    };

    public static readonly ConversationCreatedEntry Created = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 1, SenderId = User("ann"), CreatedAt = Time,
        ParticipantIds = [User("ann"), User("bob")], Title = "Team",
    };

    public static readonly ParticipantsAddedEntry Added = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 2, SenderId = User("ann"), CreatedAt = Time,
        ParticipantIds = [User("cid")],
    };

    public static readonly ParticipantRemovedEntry Removed = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 3, SenderId = User("ann"), CreatedAt = Time,
        ParticipantId = User("cid"),
    };

    public static readonly RoleChangedEntry Muted = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 4, SenderId = User("ann"), CreatedAt = Time,
        ParticipantId = User("cid"), Role = ParticipantRole.Readonly, Until = Time.AddHours(1),
    };

    public static readonly ConversationChangedEntry Changed = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 4, SenderId = User("ann"), CreatedAt = Time,
        Title = "", SlowModeSeconds = null,
    };

    public static readonly MessageEditedEntry Edited = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 5, SenderId = User("ann"), CreatedAt = Time,
        TargetSequence = 4, Body = "better",
    };

    public static readonly MessageDeletedEntry Deleted = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 6, SenderId = User("ann"), CreatedAt = Time,
        TargetSequence = 4,
    };

    public static readonly MessageEditedEntry EditedAttachment = Edited with
    {
        Body = null, AttachmentUrl = "https://example.org/b", AttachmentMeta = new RawJson("[ 1.0]"),
    };

    public static readonly MessageEditedEntry ErasedEdit = Edited with { Body = null, Erased = true };

    public static readonly MessageEntry ErasedMessage = Message with { Body = null, Erased = true };

    public static readonly MessageDeletedEntry DeletedWithReason = Deleted with { Reason = "rude" };

    public static readonly PinnedEntry Pinned = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 12, SenderId = User("ann"), CreatedAt = Time,
        TargetSequence = 7,
    };

    public static readonly UnpinnedEntry Unpinned = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 13, SenderId = User("ann"), CreatedAt = Time,
        TargetSequence = 7,
    };

    public static readonly ContentErasedEntry ErasedThrough = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 7, SenderId = User("ann"), CreatedAt = Time,
        ThroughSequence = 5,
    };

    public static readonly ContentErasedEntry ErasedUser = ErasedThrough with
    {
        ThroughSequence = null, UserId = User("bob"),
    };

    public static readonly ReactionsChangedEntry Reactions = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 9, SenderId = User("bob"), CreatedAt = Time,
        TargetSequence = 7, Counts = [new ReactionCount("👍", 2)], Changes = [new ReactionChange(User("bob"), ["👍"])],
    };

    public static readonly ReactionsChangedEntry UnnamedReactions = Reactions with { Changes = null };

    public static readonly UnknownEntry Unknown = new()
    {
        Id = Id, ConversationId = Conversation, Sequence = 10, SenderId = User("bob"), CreatedAt = Time,
    };

    public static IReadOnlyList<ConversationEntry> All =>
        [Message, Attachment, Reply, Created, Added, Removed, Muted, Changed, Edited, EditedAttachment, ErasedEdit,
            ErasedMessage, Deleted, DeletedWithReason, ErasedThrough, ErasedUser, Reactions, UnnamedReactions, Pinned,
            Unpinned, Unknown];

    public static UserId User(string name) => UserId.Parse(name);

    /// <summary>What has become of a message: all that can.</summary>
    public static readonly CurrentMessage Current = new()
    {
        Sequence = 3, Version = 8, Body = "new", Counts = [new ReactionCount(":ok:", 12)], Mine = [":ok:"],
        Pinned = true, Replies = new ThreadReplies(2, 7),
    };
}
