using Chat.Contracts.Events;

namespace Chat.Server.Persistence.Entries;

/// <summary>What was counted of a thread behind a position.</summary>
internal sealed record ThreadUnread(long Thread, long Looked, long Found)
{
    public Unread ToAnswer() =>
        new((int)Math.Min(Found, UnreadPlace.MostCounted),
            Found > UnreadPlace.MostCounted || Looked == UnreadPlace.MostLookedAt);
}
