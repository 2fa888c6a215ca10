using Chat.Contracts.Events;

namespace Chat.Server.Persistence.Entries;

/// <summary>What was counted of a thread behind a position.</summary>
internal sealed record ThreadUnread(long Thread, long Looked, long Found)
{
    /// <summary>Replies that are looked at.</summary>
    public const int MostLookedAt = 1_000;

    private const int MostCounted = 99;

    public Unread ToAnswer() =>
        new((int)Math.Min(Found, MostCounted), Found > MostCounted || Looked == MostLookedAt);
}
