using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Entries;

/// <summary>One immutable record of a conversation's log. The hierarchy is closed: a new kind is a new protocol
/// version.</summary>
/// <remarks>In JSON the property <c>kind</c> comes first and tells which entry it is.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind",
    UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(MessageEntry), "message")]
[JsonDerivedType(typeof(ConversationCreatedEntry), "conversationCreated")]
[JsonDerivedType(typeof(ParticipantsAddedEntry), "participantsAdded")]
[JsonDerivedType(typeof(ParticipantRemovedEntry), "participantRemoved")]
[JsonDerivedType(typeof(ConversationRenamedEntry), "conversationRenamed")]
[JsonDerivedType(typeof(MessageEditedEntry), "messageEdited")]
[JsonDerivedType(typeof(MessageDeletedEntry), "messageDeleted")]
[JsonDerivedType(typeof(ReactionEntry), "reaction")]
public abstract record ConversationEntry
{
    private protected ConversationEntry() { }

    /// <summary>Names the entry for ever.</summary>
    public required MessageId Id { get; init; }

    /// <summary>The conversation whose log it is in.</summary>
    public required ConversationId ConversationId { get; init; }

    /// <summary>Its position in that log: 1, 2, 3 … without holes.</summary>
    public required long Sequence { get; init; }

    /// <summary>Who did it.</summary>
    public required UserId SenderId { get; init; }

    /// <summary>When the server stored it, in UTC, to the microsecond. Rises with every entry of a
    /// conversation.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Which entry it is, as it is stored.</summary>
    [JsonIgnore]
    public EntryKind Kind => this switch
    {
        MessageEntry => EntryKind.Message,
        ConversationCreatedEntry => EntryKind.ConversationCreated,
        ParticipantsAddedEntry => EntryKind.ParticipantsAdded,
        ParticipantRemovedEntry => EntryKind.ParticipantRemoved,
        ConversationRenamedEntry => EntryKind.ConversationRenamed,
        MessageEditedEntry => EntryKind.MessageEdited,
        MessageDeletedEntry => EntryKind.MessageDeleted,
        ReactionEntry => EntryKind.Reaction,
        _ => throw new InvalidOperationException("the hierarchy is closed"),
    };
}
