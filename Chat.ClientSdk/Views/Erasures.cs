using System.Collections.Immutable;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>Which content of a conversation was erased, by <see cref="ContentErasedEntry"/>. Immutable; does not depend
/// on the order of those entries or on repeats.</summary>
internal sealed class Erasures
{
    public static readonly Erasures None = new();

    private long _through;
    private ImmutableDictionary<UserId, long> _users = ImmutableDictionary<UserId, long>.Empty;

    /// <summary>These and one more; the same object when it makes no difference.</summary>
    public Erasures With(ContentErasedEntry erasure) => erasure switch
    {
        { ThroughSequence: { } through } => through <= _through ? this
            : new Erasures { _through = through, _users = _users },
        { UserId: { } user } => erasure.Sequence <= _users.GetValueOrDefault(user) ? this
            : new Erasures { _through = _through, _users = _users.SetItem(user, erasure.Sequence) },
        _ => this,
    };

    /// <summary>Whether the content of a message, and that of its edits, is erased.</summary>
    public bool Concern(long message, UserId sender) =>
        message <= _through || message < _users.GetValueOrDefault(sender);
}
