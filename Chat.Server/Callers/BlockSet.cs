using Chat.Contracts.Identifiers;

namespace Chat.Server.Callers;

/// <summary>With whom of its tenant a user has nothing to do: whom the user has blocked, and who has blocked the
/// user.</summary>
internal sealed class BlockSet
{
    /// <summary>So many are told apart. Who is in such a relation with more is taken for one with everybody.</summary>
    public const int Most = 10_000;

    /// <summary>Nobody.</summary>
    public static readonly BlockSet None = new([]);

    private readonly HashSet<UserId> _users;
    private readonly bool _isEverybody;

    private BlockSet(HashSet<UserId> users) => (_users, _isEverybody) = (users, users.Count > Most);

    public static BlockSet Of(IEnumerable<UserId> users)
    {
        var all = users.Take(Most + 1).ToHashSet();
        return all.Count == 0 ? None : new BlockSet(all);
    }

    /// <summary>As far as they are told apart.</summary>
    public IReadOnlyCollection<UserId> Users => _users;

    public bool Contains(UserId user) => _isEverybody || _users.Contains(user);
}
