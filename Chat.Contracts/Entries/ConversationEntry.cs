using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.Contracts.Entries;

/// <summary>One immutable record of a conversation's log. The hierarchy is closed: what a version does not know is an
/// <see cref="UnknownEntry"/> to it.</summary>
/// <remarks>In JSON the property <c>kind</c> comes first and tells which entry it is.</remarks>
[JsonConverter(typeof(ConversationEntryConverter))]
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
    [JsonPropertyOrder(int.MinValue)]
    [JsonConverter(typeof(EntryKindConverter))]
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
        UnknownEntry => EntryKind.Unknown,
        _ => throw new InvalidOperationException("the hierarchy is closed"),
    };
}
