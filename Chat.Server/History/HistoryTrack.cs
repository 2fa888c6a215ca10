using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.History;

/// <summary>Follows the history of one conversation entry by entry: that each is the next one and as allowed, and what
/// the conversation is by then.</summary>
/// <param name="Id">Which.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Kind">Group or direct.</param>
/// <param name="Now">No entry is later.</param>
internal sealed record HistoryTrack(ConversationId Id, Tenant Tenant, ConversationKind Kind, DateTimeOffset Now)
{
    private readonly HistoryTargets _targets = new();
    private ShownLinks _links;
    private DateTimeOffset? _given;

    public HistoryPeople People { get; } = new();

    /// <summary>Where the log is.</summary>
    public ShownLinks End => _links;

    /// <summary>The newest entry that may have taken a right from somebody; 0: there is none.</summary>
    public long Removed { get; private set; }

    /// <summary>Whether an entry is about another one, or mentions somebody: there is more to be made of it.</summary>
    public bool HasReferences { get; private set; }

    /// <exception cref="ChatException">It is not the next one, or not as allowed; the text says which and
    /// why.</exception>
    public HistoryEntry Next(ConversationEntry entry)
    {
        if (entry.Sequence != _links.Last + 1)
            throw Wrong(entry, $"the next one of its conversation is {_links.Last + 1}; the entries of a conversation "
                + "are numbered from 1 and follow each other");
        if (entry.Id == default || entry.SenderId == default) throw Wrong(entry, "it needs an id and a sender");
        if (entry.CreatedAt < _given) throw Wrong(entry, "it is older than the one before it");
        if (entry.CreatedAt > Now) throw Wrong(entry, "its time is in the future");
        if (entry is ConversationCreatedEntry != (entry.Sequence == 1))
            throw Wrong(entry, "the first entry, and no other, is conversationCreated, which says who takes part");
        _given = entry.CreatedAt;
        var at = Microseconds.Truncate(entry.CreatedAt);
        // Times of other systems are often whole seconds; ours rise.
        if (at <= _links.LastAt) at = Microseconds.Add(_links.LastAt.Value, 1);
        var content = ContentOf(entry, at, out var reactions);
        if (content.ChangesRights) Removed = entry.Sequence;
        HasReferences |= content.TargetSequence is not null || content.Thread is not null
            || (content.Kind == EntryKind.Message && content.Payload is not null);
        return new HistoryEntry(new EntryHeader(entry.Id, Id, entry.Sequence, entry.SenderId, at), content,
            _links.Add(entry.Sequence, at, content.IsShown), reactions);
    }

    /// <summary>The refusal of an entry.</summary>
    /// <param name="conversation">Where it is.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="stored">As in <see cref="InTheMiddle"/>.</param>
    public static ChatException Wrong(
        ConversationId conversation, long sequence, string problem, long stored = 0) =>
        InTheMiddle($"entry {sequence} of {conversation}: {problem}", stored);

    /// <summary>A refusal that says how many entries of the conversation are stored.</summary>
    /// <param name="refusal">What is wrong.</param>
    /// <param name="stored">How many; 0: none, or that is said by the caller.</param>
    public static ChatException InTheMiddle(string refusal, long stored) =>
        ChatException.BadRequest(stored == 0
            ? refusal
            : $"{refusal}. {stored} entries of this conversation are stored, and nobody takes part in it yet: given "
                + "again, with the ones behind them put right, it goes on");

    private static ChatException Wrong(ConversationEntry entry, string problem) =>
        Wrong(entry.ConversationId, entry.Sequence, problem);

    private EntryContent ContentOf(
        ConversationEntry entry, DateTimeOffset at, out IReadOnlyList<ReactionChange> reactions)
    {
        reactions = [];
        try
        {
            return entry switch
            {
                ConversationCreatedEntry created => People.Begin(created, Kind, at),
                MessageEntry message => ContentOf(message),
                MessageEditedEntry edit => ContentOf(edit),
                MessageDeletedEntry deletion => ContentOf(deletion),
                PinnedEntry pin => EntryContent.Pinned(Target(entry, pin.TargetSequence), isPinned: true),
                UnpinnedEntry unpin => EntryContent.Pinned(Target(entry, unpin.TargetSequence), isPinned: false),
                ReactionsChangedEntry told =>
                    HistoryReactionRules.ContentOf(told, Target(entry, told.TargetSequence), out reactions),
                _ when Kind == ConversationKind.Direct =>
                    throw Wrong(entry, "in a direct conversation there are messages and their changes only"),
                ParticipantsAddedEntry added => People.Add(added, at),
                ParticipantRemovedEntry removed => People.Remove(removed) ?? throw NotThere(entry),
                RoleChangedEntry { Role: not ParticipantRole.Blocked } role =>
                    People.Set(role) ?? throw NotThere(entry),
                ConversationChangedEntry changed => People.Change(changed),
                _ => throw Wrong(entry, $"{entry.Kind} is not imported"),
            };
        }
        catch (ChatException e) when (e.Violation is not null)
        {
            throw Wrong(entry, e.Message);
        }
    }

    private EntryContent ContentOf(MessageEntry message)
    {
        if (message.Thread is { } thread && !_targets.MayBeginThread(thread))
            throw new ChatException(MessageRules.NoSuchMessage(ChatField.Thread));
        if (message.ReplyTo is { } answered && !_targets.IsMessage(answered))
            throw new ChatException(MessageRules.NoSuchMessage(ChatField.ReplyTo));
        _targets.Add(message.Sequence, message.Thread is not null);
        if (message is { Erased: true, Body: null, AttachmentUrl: null, Attachments: null })
            return EntryContent.Of(message);
        return EntryContent.Message(MessageDraft.Check(message.Body, new SendOptions
        {
            MsgType = message.MsgType, AttachmentUrl = message.AttachmentUrl, AttachmentMeta = message.AttachmentMeta,
            DedupeKey = message.DedupeKey, ReplyTo = message.ReplyTo, Thread = message.Thread,
            AlsoInConversation = message.AlsoInConversation, Mentions = message.Mentions,
            Attachments = message.Attachments,
        }));
    }

    private EntryContent ContentOf(MessageEditedEntry edit)
    {
        var target = Target(edit, edit.TargetSequence);
        if (edit is { Erased: true, Body: null, AttachmentUrl: null, Attachments: null }) return EntryContent.Of(edit);
        ChatException.ThrowIf(AmendmentRules.Check(target, new EditMessage
        {
            Body = edit.Body, AttachmentUrl = edit.AttachmentUrl, AttachmentMeta = edit.AttachmentMeta,
            Mentions = edit.Mentions, Attachments = edit.Attachments,
        }, out var content));
        return EntryContent.MessageEdited(target, content);
    }

    private EntryContent ContentOf(MessageDeletedEntry deletion)
    {
        var target = Target(deletion, deletion.TargetSequence);
        var given = new DeleteMessage { Reason = deletion.Reason };
        ChatException.ThrowIf(AmendmentRules.Check(target, given, out var known));
        return EntryContent.MessageDeleted(target, known.Reason);
    }

    private long Target(ConversationEntry entry, long target) => _targets.IsMessage(target)
        ? target
        : throw Wrong(entry, $"{target} is no message before it");

    private static ChatException NotThere(ConversationEntry entry) =>
        Wrong(entry, "the user does not take part by then");
}
