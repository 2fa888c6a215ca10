using System.Collections.Immutable;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>The result of applying the entries of a stretch of the log. Immutable;
/// <see cref="Apply(ConversationEntry)"/> returns the next one.</summary>
/// <remarks>The result does not depend on the order in which entries are applied, or how often: newer pages may come
/// before older ones. Changes of a message that is not loaded are kept (about 100 bytes per message) until it
/// is.</remarks>
public sealed class ConversationState
{
    private static readonly Dictionary<UserId, Membership> Nobody = [];

    private readonly Dictionary<UserId, Membership> _memberships = Nobody;
    private IReadOnlyList<UserId>? _members;

    private ConversationState() { }

    internal ConversationState(
        ViewMessage[] messages, ImmutableDictionary<long, MessageChanges> unloaded,
        Dictionary<UserId, Membership> memberships)
    {
        (Messages, Unloaded, _memberships) = (messages, unloaded, memberships);
        Loaded = messages;
    }

    /// <summary>Nothing is known.</summary>
    public static ConversationState Empty { get; } = new();

    /// <summary>The messages, in order.</summary>
    public IReadOnlyList<ViewMessage> Messages { get; } = [];

    /// <summary>The title according to the entries; null when there is none.</summary>
    public string? Title { get; internal init; }

    /// <summary>The lowest sequence that was applied; 0 before the first.</summary>
    public long First { get; internal init; }

    /// <summary>The highest sequence that was applied; 0 before the first.</summary>
    public long Last { get; internal init; }

    /// <summary>The participants according to the entries, by id.</summary>
    public IReadOnlyList<UserId> Members => _members ??=
        [.. _memberships.Where(member => member.Value.TakesPart).Select(member => member.Key).Order()];

    internal ViewMessage[] Loaded { get; } = [];

    /// <summary>Changes of messages that are not among <see cref="Messages"/>, by sequence.</summary>
    internal ImmutableDictionary<long, MessageChanges> Unloaded { get; } =
        ImmutableDictionary<long, MessageChanges>.Empty;

    internal long TitleSequence { get; init; }

    /// <summary>Which content was erased.</summary>
    internal Erasures Erasures { get; init; } = Erasures.None;

    /// <summary>Never changed once it is created.</summary>
    internal Dictionary<UserId, Membership> Memberships => _memberships;

    /// <summary>This state and one more entry.</summary>
    public ConversationState Apply(ConversationEntry entry) => Apply([entry]);

    /// <summary>This state and more entries, in any order: cheaper than one by one.</summary>
    public ConversationState Apply(IReadOnlyList<ConversationEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0) return this;
        var fold = new StateFold(this);
        for (var i = 0; i < entries.Count; i++) fold.Add(entries[i]);
        return fold.ToState();
    }

    /// <summary>What entries have changed in a message, loaded or not.</summary>
    internal MessageChanges ChangesOf(long target) => ViewMessage.Find(Loaded, target) is >= 0 and var at
        ? Loaded[at].Changes
        : Unloaded.GetValueOrDefault(target, MessageChanges.None);

    /// <summary>Whether the user is a participant according to the entries; null when they do not say.</summary>
    internal bool? TakesPart(UserId user) =>
        _memberships.TryGetValue(user, out var membership) ? membership.TakesPart : null;

    /// <summary>Whether an entry tells reactions that are stored: one that was made after them does.</summary>
    internal bool HasTold(OptimisticMessage reactions)
    {
        if (reactions is not { Stored: { } receipt, Change.TargetSequence: { } target } || receipt.Duplicate)
            return true;
        if (receipt.Sequence is { } sequence) return sequence <= Last;
        var changes = ChangesOf(target);
        return changes.IsDeleted || changes.Told?.CreatedAt >= receipt.CreatedAt;
    }

    /// <summary>Whether the newest entry about the reactions to a message says what this user's are.</summary>
    internal bool Names(long target, UserId? user) =>
        ChangesOf(target).Told?.Changes?.Any(change => change.UserId == user) == true;

    /// <summary>Only the newest messages. Earlier ones can be loaded again.</summary>
    internal ConversationState TrimTo(int count)
    {
        if (Loaded.Length <= count) return this;
        var kept = Loaded[^count..];
        var unloaded = Unloaded.ToBuilder();
        foreach (var message in Loaded.AsSpan(0, Loaded.Length - count))
            if (message.Changes != MessageChanges.None) unloaded[message.Sequence] = message.Changes;
        return new ConversationState(kept, unloaded.ToImmutable(), _memberships)
        {
            Title = Title, TitleSequence = TitleSequence, First = kept[0].Sequence, Last = Last, Erasures = Erasures,
        };
    }
}

/// <summary>The newest known membership change of a user.</summary>
internal readonly record struct Membership(long Sequence, bool TakesPart);
