using Chat.Contracts.Entries;
using Chat.Contracts.Events;

namespace Chat.ClientSdk.Views;

/// <summary>The changes of a message by later entries. Immutable; does not depend on the order of those entries or on
/// repeats.</summary>
internal sealed class MessageChanges
{
    public static readonly MessageChanges None = new();

    public MessageEditedEntry? Edit { get; private init; }

    public long DeletedBy { get; private init; }

    public bool IsDeleted => DeletedBy > 0;

    /// <summary>The newest entry that told its reactions.</summary>
    public ReactionsChangedEntry? Told { get; private init; }

    public IReadOnlyList<ReactionCount> Reactions => IsDeleted ? [] : ReactionFold.Counts([], Told);

    /// <summary>These changes without what an edit says and without reactions, because the message was
    /// erased.</summary>
    public MessageChanges WithoutContent() => Edit is null or { Erased: true } && Told is null ? this
        : new() { Edit = Edit is null ? null : (MessageEditedEntry)Erasure.Of(Edit), DeletedBy = DeletedBy };

    /// <summary>These changes and one more; the same object when it makes no difference.</summary>
    public MessageChanges With(ConversationEntry entry) => entry switch
    {
        MessageEditedEntry edit when !IsDeleted && edit.Sequence > (Edit?.Sequence ?? 0) =>
            new() { Edit = edit, Told = Told },
        MessageDeletedEntry when !IsDeleted => new() { DeletedBy = entry.Sequence },
        ReactionsChangedEntry told when !IsDeleted && told.Sequence > (Told?.Sequence ?? 0) =>
            new() { Edit = Edit, Told = told },
        _ => this,
    };
}
