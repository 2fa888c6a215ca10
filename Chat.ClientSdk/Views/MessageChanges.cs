using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>The changes of a message by later entries. Immutable; does not depend on the order of those entries or on
/// repeats.</summary>
internal sealed class MessageChanges
{
    public static readonly MessageChanges None = new();

    // Removed reactions stay here: the entry that added them may be applied later.
    private ReactionMark[] _marks = [];
    private IReadOnlyList<MessageReaction>? _reactions;

    public MessageEditedEntry? Edit { get; private init; }

    public long DeletedBy { get; private init; }

    public bool IsDeleted => DeletedBy > 0;

    public IReadOnlyList<MessageReaction> Reactions => _reactions ??= Group();

    /// <summary>These changes without what an edit says, because that was erased.</summary>
    public MessageChanges WithoutContent() => Edit is null or { Erased: true } ? this
        : Copy((MessageEditedEntry)Erasure.Of(Edit), DeletedBy, _marks);

    /// <summary>These changes and one more; the same object when it makes no difference.</summary>
    public MessageChanges With(ConversationEntry entry) => entry switch
    {
        MessageEditedEntry edit when !IsDeleted && edit.Sequence > (Edit?.Sequence ?? 0) =>
            Copy(edit, DeletedBy, _marks),
        MessageDeletedEntry when !IsDeleted => Copy(edit: null, entry.Sequence, _marks),
        ReactionEntry reaction =>
            With(new ReactionMark(reaction.SenderId, reaction.Reaction, reaction.Sequence, reaction.Removed)),
        _ => this,
    };

    private static MessageChanges Copy(MessageEditedEntry? edit, long deletedBy, ReactionMark[] marks) =>
        new() { Edit = edit, DeletedBy = deletedBy, _marks = marks };

    private MessageChanges With(ReactionMark mark)
    {
        var at = Array.FindIndex(_marks, other => other.UserId == mark.UserId && other.Reaction == mark.Reaction);
        if (at >= 0 && _marks[at].Sequence >= mark.Sequence) return this;
        ReactionMark[] marks = at < 0 ? [.. _marks, mark] : [.. _marks];
        if (at >= 0) marks[at] = mark;
        return Copy(Edit, DeletedBy, marks);
    }

    private IReadOnlyList<MessageReaction> Group() =>
        [.. _marks.Where(mark => !mark.Removed).OrderBy(mark => mark.Sequence)
            .GroupBy(mark => mark.Reaction, StringComparer.Ordinal)
            .Select(same => new MessageReaction(same.Key, [.. same.Select(mark => mark.UserId)]))];

    /// <summary>The newest change of one reaction by one user.</summary>
    private readonly record struct ReactionMark(UserId UserId, string Reaction, long Sequence, bool Removed);
}
