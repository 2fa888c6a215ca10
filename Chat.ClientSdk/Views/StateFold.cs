using System.Collections.Immutable;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>Adds entries to a state: the newest by sequence wins, so order and repeats make no difference.</summary>
internal sealed class StateFold(ConversationState state)
{
    private readonly List<MessageEntry> _messages = [];
    private readonly Dictionary<long, MessageChanges> _changes = [];
    private Dictionary<UserId, Membership>? _memberships;
    private Erasures _erasures = state.Erasures;
    private string? _title = state.Title;
    private long _titleSequence = state.TitleSequence;
    private long _first = state.First;
    private long _last = state.Last;

    public void Add(ConversationEntry entry)
    {
        switch (entry)
        {
            case MessageEntry message:
                _messages.Add(message);
                break;
            case MessageEditedEntry edited:
                Change(edited.TargetSequence, entry);
                break;
            case MessageDeletedEntry deleted:
                Change(deleted.TargetSequence, entry);
                break;
            case ContentErasedEntry erasure:
                _erasures = _erasures.With(erasure);
                break;
            case ReactionsChangedEntry reactions:
                Change(reactions.TargetSequence, entry);
                break;
            case ConversationCreatedEntry created:
                SetTitle(created.Title, entry.Sequence);
                foreach (var user in created.ParticipantIds)
                    SetMember(user, new Membership(entry.Sequence, TakesPart: true));
                break;
            case ConversationChangedEntry { Title: { } title }:
                SetTitle(title.Length == 0 ? null : title, entry.Sequence);
                break;
            case ParticipantsAddedEntry added:
                foreach (var user in added.ParticipantIds)
                    SetMember(user, new Membership(entry.Sequence, TakesPart: true));
                break;
            case ParticipantRemovedEntry removed:
                SetMember(removed.ParticipantId, new Membership(entry.Sequence, TakesPart: false));
                break;
        }
        if (_first == 0 || entry.Sequence < _first) _first = entry.Sequence;
        if (entry.Sequence > _last) _last = entry.Sequence;
    }

    public ConversationState ToState()
    {
        var messages = Merge();
        var unloaded = _changes.Count == 0 && _erasures == state.Erasures
            && (_messages.Count == 0 || state.Unloaded.IsEmpty)
            ? state.Unloaded
            : Remember();
        return new ConversationState(messages, unloaded, _memberships ?? state.Memberships)
        {
            Title = _title, TitleSequence = _titleSequence, First = _first, Last = _last,
            Erasures = _erasures,
        };
    }

    private void Change(long target, ConversationEntry entry) => _changes[target] = ChangesOf(target).With(entry);

    private MessageChanges ChangesOf(long target) =>
        _changes.TryGetValue(target, out var changes) ? changes : state.ChangesOf(target);

    private void SetTitle(string? title, long sequence)
    {
        if (sequence > _titleSequence) (_title, _titleSequence) = (title, sequence);
    }

    private void SetMember(UserId user, Membership membership)
    {
        if ((_memberships ?? state.Memberships).TryGetValue(user, out var known)
            && known.Sequence >= membership.Sequence) return;
        _memberships ??= new Dictionary<UserId, Membership>(state.Memberships);
        _memberships[user] = membership;
    }

    /// <summary>The existing messages with their changes, and the new ones in their places.</summary>
    private ViewMessage[] Merge()
    {
        var old = state.Loaded;
        if (_messages.Count == 0 && _erasures == state.Erasures
            && !_changes.Keys.Any(target => ViewMessage.Find(old, target) >= 0)) return old;
        var merged = new List<ViewMessage>(old.Length + _messages.Count);
        _messages.Sort(static (one, other) => one.Sequence.CompareTo(other.Sequence));
        var next = 0;
        foreach (var message in old)
        {
            while (next < _messages.Count && _messages[next].Sequence < message.Sequence)
                AddNew(merged, _messages[next++]);
            while (next < _messages.Count && _messages[next].Sequence == message.Sequence) next++; // already present
            if (!_changes.Remove(message.Sequence, out var changes)) changes = message.Changes;
            var isErased = _erasures.Concern(message.Sequence, message.SenderId);
            merged.Add(changes != message.Changes || (isErased && !message.Entry.Erased)
                ? new ViewMessage(message.Entry, changes, isErased)
                : message);
        }
        while (next < _messages.Count) AddNew(merged, _messages[next++]);
        return [.. merged];
    }

    private void AddNew(List<ViewMessage> merged, MessageEntry message)
    {
        if (merged.Count > 0 && merged[^1].Sequence == message.Sequence) return;
        merged.Add(new ViewMessage(
            message, ChangesOf(message.Sequence), _erasures.Concern(message.Sequence, message.SenderId)));
    }

    private ImmutableDictionary<long, MessageChanges> Remember()
    {
        var unloaded = state.Unloaded.ToBuilder();
        foreach (var (target, changes) in _changes) unloaded[target] = changes;
        foreach (var message in _messages) unloaded.Remove(message.Sequence);
        if (_erasures == Erasures.None) return unloaded.ToImmutable();
        foreach (var (target, changes) in unloaded.ToArray())
            if (changes.Edit is { } edit && _erasures.Concern(target, edit.SenderId))
                unloaded[target] = changes.WithoutContent();
        return unloaded.ToImmutable();
    }
}
