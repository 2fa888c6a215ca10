using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence;

/// <summary>Who took part in a conversation at which entry, as its log says.</summary>
internal sealed class MembershipHistory
{
    private readonly Dictionary<string, List<(long Sequence, bool TakesPart)>> _changes = [];

    /// <summary>Takes the next entry, in order.</summary>
    public void Add(ConversationEntry entry)
    {
        switch (entry)
        {
            case ConversationCreatedEntry created:
                Set(created.ParticipantIds, entry.Sequence, takesPart: true);
                break;
            case ParticipantsAddedEntry added:
                Set(added.ParticipantIds, entry.Sequence, takesPart: true);
                break;
            case ParticipantRemovedEntry removed:
                Set([removed.ParticipantId], entry.Sequence, takesPart: false);
                break;
            case RoleChangedEntry changed:
                Set([changed.ParticipantId], entry.Sequence, changed.Role != ParticipantRole.Blocked);
                break;
        }
    }

    /// <summary>Null where the log says nothing of the user up to there.</summary>
    public bool? TookPart(string user, long sequence)
    {
        if (!_changes.TryGetValue(user, out var changes)) return null;
        bool? takesPart = null;
        foreach (var change in changes)
        {
            if (change.Sequence > sequence) break;
            takesPart = change.TakesPart;
        }
        return takesPart;
    }

    private void Set(IReadOnlyList<UserId> users, long sequence, bool takesPart)
    {
        foreach (var user in users)
        {
            if (!_changes.TryGetValue(user.Value, out var changes)) _changes[user.Value] = changes = [];
            changes.Add((sequence, takesPart));
        }
    }
}
