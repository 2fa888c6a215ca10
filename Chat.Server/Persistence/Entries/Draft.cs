using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence.Deployments;

namespace Chat.Server.Persistence.Entries;

/// <summary>What is to become an entry. Its place in the log and its time are given to it by the commit.</summary>
internal sealed record Draft(MessageId Id, ConversationId ConversationId, UserId SenderId, EntryContent Content)
{
    /// <summary>Its own object, the caller's and what is short.</summary>
    private const int WaitingBytes = 1_024;

    /// <summary>The sender's right to write was read when the log reached so far. The commit asks again where
    /// somebody's right was taken since. Not set: the server itself writes.</summary>
    public long AsOf { get; init; } = long.MaxValue;

    /// <summary>For what only some may do: that they may was read when the log reached so far. The commit refuses it
    /// where anybody's right was changed since. Null: not asked.</summary>
    public long? RightsAsOf { get; init; }

    /// <summary>In slow mode: the seconds that must be over since the sender's last message; 0: none.</summary>
    public int SlowSeconds { get; init; }

    /// <summary>Why the user of a ban or a mute is banned or muted, and until when.</summary>
    public RoleTerms? Terms { get; init; }

    /// <summary>Of added participants: those who are banned are so no longer. Else they stay it.</summary>
    public bool LiftsBans { get; init; }

    /// <summary>A second entry of the conversation, stored directly behind this one or not at all. Only a draft that
    /// ends its batch has one.</summary>
    public Draft? Next { get; init; }

    /// <summary>The level that the deployment is made to require with this entry; null: it is not looked at.</summary>
    public int? RequiredLevel => NeedsLevelOfRights ? Deployment.LevelOfRights : NeedsLevel;

    /// <summary>Whether servers that do not know of roles would let in whom it keeps out.</summary>
    private bool NeedsLevelOfRights => Content.Kind switch
    {
        EntryKind.ParticipantRemoved => Terms is not null,
        EntryKind.RoleChanged => Content.Payload?.Role is ParticipantRole.Moderator or ParticipantRole.Readonly,
        EntryKind.ConversationChanged => Content.Payload?.SlowModeSeconds > 0,
        _ => false,
    };

    /// <summary>Of an entry that erases content: where there is some still. Behind what was erased already, so that the
    /// transaction is short; unless set, all that the entry says.</summary>
    public IReadOnlyList<ErasedPart> ErasedParts
    {
        get => field ?? [new ErasedPart(0, Content.Payload?.ThroughSequence ?? ErasedPart.ToEntry)];
        init;
    }

    /// <summary>What it does to the reactions to a message, which need not make an entry. Null: it has nothing to do
    /// with reactions.</summary>
    public ReactionMove? Reaction { get; init; }

    /// <summary>Whether it changes what has become of a message, whose state is locked for it.</summary>
    public bool HasTarget => Reaction is not null || Content.IsAmendment;

    /// <summary>Of an edit: the version that the message must have. Null: any.</summary>
    public long? IfVersion { get; init; }

    /// <summary>Until when it may be stored; null: no end.</summary>
    public DraftDeadline? Deadline { get; init; }

    /// <summary>The level that the entry was found to need; null: the deployment requires it already, or the entry
    /// needs none.</summary>
    public int? NeedsLevel { get; init; }

    /// <summary>Whose it is: looked at once more before it is stored. Null: the server itself writes.</summary>
    public Caller? By { get; init; }

    /// <summary>Policies have let it through already.</summary>
    public bool IsJudged { get; init; }

    /// <summary>Of a draft that makes a conversation: of which kind it is.</summary>
    public ConversationKind? Makes { get; init; }

    /// <summary>The bytes that it holds in memory while it waits, about.</summary>
    public long Weight => WaitingBytes + sizeof(char) * (
        (long)Content.Text.Length + (Content.AttachmentUrl?.Length ?? 0) + (Content.AttachmentMeta?.Length ?? 0)
        + (Content.Payload?.Length ?? 0)
        + (Reaction?.Keys?.Sum(key => key.Length) ?? 0)
        + 16 * ((Content.Payload?.ParticipantIds?.Count ?? 0) + (Content.Payload?.Mentions?.Users.Count ?? 0)));

    /// <summary>The entry that it became; of a duplicate, with the place, time and id of the one that was stored
    /// before.</summary>
    public ConversationEntry ToEntry(in CommitOutcome stored) =>
        (Reaction is null ? Content : Content with { Payload = stored.Reactions?.Told }).ToEntry(
            new EntryHeader(stored.Id, ConversationId, stored.Sequence, SenderId, stored.CreatedAt));
}
