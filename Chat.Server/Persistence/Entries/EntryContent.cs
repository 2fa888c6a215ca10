using System.Runtime.InteropServices;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence.Rows;

namespace Chat.Server.Persistence.Entries;

/// <summary>What an entry says, as it is stored: the columns whose use depends on its kind. The one place that knows
/// which kind of entry uses which of them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly partial record struct EntryContent(EntryKind Kind)
{
    /// <summary>The numbers of the kinds that change who may do what, for SQL.</summary>
    public static readonly string KindsOfRights = string.Join(", ", Enum.GetValues<EntryKind>()
        .Where(kind => new EntryContent(kind).ChangesRights).Select(kind => (int)kind));

    /// <summary>The body, of a message or an edit. No body is stored as an empty one: a body is never empty.</summary>
    public string Text { get; init; } = "";

    public MessageType MsgType { get; init; }

    public string? AttachmentUrl { get; init; }

    public string? AttachmentMeta { get; init; }

    public string? DedupeKey { get; init; }

    public long? TargetSequence { get; init; }

    public EntryPayload? Payload { get; init; }

    /// <summary>Of a message: the one that it answers.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>Of a message: the first one of its thread.</summary>
    public long? Thread { get; init; }

    /// <summary>Of a message in a thread: it is shown among those of the conversation too.</summary>
    public bool AlsoInConversation { get; init; }

    /// <summary>Whether the main stream of the conversation shows it.</summary>
    public bool IsShown => ShownRules.IsShown(Kind) && (Thread is null || AlsoInConversation);

    /// <summary>Whether it is a message that is a text and nothing else, as nearly all are.</summary>
    public bool IsOnlyText => Kind == EntryKind.Message && MsgType == MessageType.Text && AttachmentUrl is null
        && AttachmentMeta is null && Payload is null && ReplyTo is null && Thread is null;

    /// <summary>Whom a message or its edit mentions, as rows of the table of mentions name them.</summary>
    public IEnumerable<string> Mentioned => Payload?.Mentions is { } mentions ? NamesOf(mentions) : [];

    /// <summary>Whether it changes who may do what: what follows is checked against it.</summary>
    public bool ChangesRights => Kind is EntryKind.ParticipantsAdded or EntryKind.ParticipantRemoved
        or EntryKind.RoleChanged or EntryKind.ConversationChanged;

    /// <summary>Whether what follows has to be decided behind it: then it is the last of its batch.</summary>
    public bool EndsBatch => ChangesRights || Kind == EntryKind.ContentErased;

    /// <summary>Whether it changes a message that is there: it is decided behind the lock whether it may be
    /// stored.</summary>
    public bool IsAmendment => Kind is EntryKind.MessageEdited or EntryKind.MessageDeleted || IsPin;

    /// <summary>Whether it pins a message, or takes its pin away.</summary>
    public bool IsPin => Kind is EntryKind.Pinned or EntryKind.Unpinned;

    /// <summary>Content that is gone: what is sent has a text or an attachment.</summary>
    private bool IsErased =>
        Kind is EntryKind.Message or EntryKind.MessageEdited && Text.Length == 0 && AttachmentUrl is null
        && AttachmentMeta is null;

    /// <summary>The characters of its texts.</summary>
    public int Length => Text.Length + (AttachmentUrl?.Length ?? 0) + (AttachmentMeta?.Length ?? 0)
        + (Payload?.Length ?? 0);

    /// <summary>What a message that was sent says.</summary>
    public static EntryContent Message(in CheckedMessage message) => new(EntryKind.Message)
    {
        Text = message.Body ?? "",
        MsgType = message.Options.MsgType,
        AttachmentUrl = message.Options.AttachmentUrl,
        AttachmentMeta = message.Options.AttachmentMeta?.Text,
        DedupeKey = message.Options.DedupeKey,
        ReplyTo = message.Options.ReplyTo,
        Thread = message.Options.Thread,
        AlsoInConversation = message.Options.AlsoInConversation,
        Payload = PayloadOf(message.Options.Mentions, message.Options.Attachments),
    };

    /// <summary>What a stored message says.</summary>
    public static EntryContent Of(MessageEntry message) => new(EntryKind.Message)
    {
        Text = message.Body ?? "",
        MsgType = message.MsgType,
        AttachmentUrl = message.AttachmentUrl,
        AttachmentMeta = message.AttachmentMeta?.Text,
        DedupeKey = message.DedupeKey,
        ReplyTo = message.ReplyTo,
        Thread = message.Thread,
        AlsoInConversation = message.AlsoInConversation,
        Payload = PayloadOf(message.Mentions, message.Attachments),
    };

    public static EntryContent ConversationCreated(IReadOnlyList<UserId> participants, string? title) =>
        new(EntryKind.ConversationCreated) { Payload = new EntryPayload { ParticipantIds = participants,
            Title = title } };

    public static EntryContent ParticipantsAdded(IReadOnlyList<UserId> participants) =>
        new(EntryKind.ParticipantsAdded) { Payload = new EntryPayload { ParticipantIds = participants } };

    public static EntryContent ParticipantRemoved(UserId participant) =>
        new(EntryKind.ParticipantRemoved) { Payload = new EntryPayload { ParticipantId = participant } };

    public static EntryContent RoleChanged(UserId participant, ParticipantRole role, DateTimeOffset? until = null) =>
        new(EntryKind.RoleChanged)
        {
            Payload = new EntryPayload { ParticipantId = participant, Role = role, Until = until },
        };

    /// <param name="change">What is new; the rest is null.</param>
    public static EntryContent ConversationChanged(ChangeConversation change) =>
        new(EntryKind.ConversationChanged)
        {
            Payload = new EntryPayload
            {
                Title = change.Title, SlowModeSeconds = change.SlowModeSeconds, Topic = change.Topic,
                AvatarUrl = change.AvatarUrl, IsArchived = change.IsArchived,
            },
        };

    /// <summary>What a message is to say. Its type is that of the message.</summary>
    public static EntryContent MessageEdited(long target, in CheckedMessage content) => new(EntryKind.MessageEdited)
    {
        TargetSequence = target,
        Text = content.Body ?? "",
        AttachmentUrl = content.Options.AttachmentUrl,
        AttachmentMeta = content.Options.AttachmentMeta?.Text,
        DedupeKey = content.Options.DedupeKey,
        Payload = PayloadOf(content.Options.Mentions, content.Options.Attachments),
    };

    public static EntryContent MessageDeleted(long target, string? reason = null, string? dedupeKey = null) =>
        new(EntryKind.MessageDeleted)
        {
            TargetSequence = target, DedupeKey = dedupeKey,
            Payload = reason is null ? null : new EntryPayload { Reason = reason },
        };

    public static EntryContent Pinned(long target, bool isPinned) =>
        new(isPinned ? EntryKind.Pinned : EntryKind.Unpinned) { TargetSequence = target };

    /// <param name="through">Up to where everything is erased; null: it is one user's content.</param>
    /// <param name="user">Whose; null: everybody's.</param>
    /// <param name="dedupeKey">Its key, or null.</param>
    public static EntryContent ContentErased(long? through, UserId? user, string? dedupeKey = null) => new(
        EntryKind.ContentErased)
    {
        DedupeKey = dedupeKey,
        Payload = new EntryPayload { ThroughSequence = through, ParticipantId = user },
    };

    /// <param name="target">The message.</param>
    /// <param name="counts">Null while they are not known.</param>
    /// <param name="changes">Null: nobody is named.</param>
    public static EntryContent ReactionsChanged(
        long target, IReadOnlyList<ReactionCount>? counts = null, IReadOnlyList<ReactionChange>? changes = null) =>
        new(EntryKind.ReactionsChanged)
        {
            TargetSequence = target,
            Payload = counts is null ? null : new EntryPayload { Counts = counts, Changes = changes },
        };

    private static IEnumerable<string> NamesOf(MessageMentions mentions)
    {
        // One who has the name that stands for everyone is mentioned with everyone only.
        foreach (var user in mentions.Users)
            if (user.Value != MentionRow.Everyone) yield return user.Value;
        if (mentions.Everyone) yield return MentionRow.Everyone;
    }

    /// <summary>None for a plain message.</summary>
    private static EntryPayload? PayloadOf(
        MessageMentions? mentions, IReadOnlyList<MessageAttachment>? attachments) =>
        mentions is null && attachments is null
            ? null
            : new EntryPayload { Mentions = mentions, Attachments = attachments };
}
