using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.Contracts.Entries;

/// <summary>One record of a conversation's log. Its place, kind, sender and time never change; its content may be
/// erased, never altered. The hierarchy is closed: a kind that a version does not know
/// is read as <see cref="UnknownEntry"/>.</summary>
/// <remarks>In JSON the property <c>kind</c> comes first and says which kind of entry it is.</remarks>
[JsonConverter(typeof(ConversationEntryConverter))]
public abstract record ConversationEntry
{
    private protected ConversationEntry() { }

    /// <summary>The permanent id of the entry.</summary>
    public required MessageId Id { get; init; }

    /// <summary>The conversation that the entry belongs to.</summary>
    public required ConversationId ConversationId { get; init; }

    /// <summary>Its position in that log: 1, 2, 3 … without holes.</summary>
    public required long Sequence { get; init; }

    /// <summary>The user who caused the entry.</summary>
    public required UserId SenderId { get; init; }

    /// <summary>When the server stored it, in UTC, to the microsecond. Increases with every entry
    /// of a conversation.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>True when its content was erased: it is null then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Erased { get; init; }

    /// <summary>Which entry it is, as it is stored.</summary>
    [JsonPropertyOrder(int.MinValue)]
    [JsonConverter(typeof(EntryKindConverter))]
    public EntryKind Kind => this switch
    {
        MessageEntry => EntryKind.Message,
        ConversationCreatedEntry => EntryKind.ConversationCreated,
        ParticipantsAddedEntry => EntryKind.ParticipantsAdded,
        ParticipantRemovedEntry => EntryKind.ParticipantRemoved,
        RoleChangedEntry => EntryKind.RoleChanged,
        ConversationChangedEntry => EntryKind.ConversationChanged,
        MessageEditedEntry => EntryKind.MessageEdited,
        MessageDeletedEntry => EntryKind.MessageDeleted,
        ReactionsChangedEntry => EntryKind.ReactionsChanged,
        ContentErasedEntry => EntryKind.ContentErased,
        PinnedEntry => EntryKind.Pinned,
        UnpinnedEntry => EntryKind.Unpinned,
        UnknownEntry => EntryKind.Unknown,
        _ => throw new InvalidOperationException("the hierarchy is closed"),
    };
}
