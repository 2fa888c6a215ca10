using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Policies;

/// <summary>What is to become an entry of the log.</summary>
public abstract record EntryDraft;

/// <summary>A message. May be replaced, but for its dedupe key, the thread, and what it answers.</summary>
/// <param name="Body">The text, trimmed; null for none.</param>
/// <param name="Options">The rest.</param>
public sealed record SendDraft(string? Body, SendOptions Options) : EntryDraft;

/// <summary>What a message is to say from now on. May be replaced, but for its message and its dedupe key.</summary>
/// <param name="TargetSequence">The message.</param>
/// <param name="Content">What it is to say.</param>
public sealed record EditDraft(long TargetSequence, EditMessage Content) : EntryDraft;

/// <summary>A deletion.</summary>
/// <param name="TargetSequence">The message.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record DeleteDraft(long TargetSequence, string? Reason) : EntryDraft;

/// <summary>The caller's whole set of reactions to a message.</summary>
/// <param name="TargetSequence">The message.</param>
/// <param name="Keys">Emoji, or names between colons; empty: the caller takes all away.</param>
public sealed record ReactDraft(long TargetSequence, IReadOnlyList<string> Keys) : EntryDraft;

/// <summary>A pin.</summary>
/// <param name="TargetSequence">The message.</param>
/// <param name="IsPinned">False: the pin is taken away.</param>
public sealed record PinDraft(long TargetSequence, bool IsPinned) : EntryDraft;

/// <summary>A new conversation.</summary>
/// <param name="Kind">A group, or a direct conversation of two.</param>
/// <param name="ParticipantIds">Who takes part, the creator included.</param>
/// <param name="Title">Its title, or null.</param>
public sealed record CreateDraft(ConversationKind Kind, IReadOnlyList<UserId> ParticipantIds, string? Title)
    : EntryDraft;

/// <summary>New participants.</summary>
/// <param name="ParticipantIds">Those who are not there yet.</param>
public sealed record AddDraft(IReadOnlyList<UserId> ParticipantIds) : EntryDraft;

/// <summary>A participant who is to go.</summary>
/// <param name="ParticipantId">Who; the caller, who leaves, or somebody else.</param>
/// <param name="IsBan">True: they may not come back by themselves.</param>
public sealed record RemoveDraft(UserId ParticipantId, bool IsBan) : EntryDraft;

/// <summary>A role.</summary>
/// <param name="ParticipantId">Whose.</param>
/// <param name="Role">Which.</param>
/// <param name="Until">When a mute ends; null: it does not.</param>
public sealed record RoleDraft(UserId ParticipantId, ParticipantRole Role, DateTimeOffset? Until) : EntryDraft;

/// <summary>What is to be set for the conversation. Null stays as it is.</summary>
/// <param name="Changes">Title and settings.</param>
public sealed record ChangeDraft(ChangeConversation Changes) : EntryDraft;
