using Chat.Contracts.Events;

namespace Chat.Server.Persistence.Entries;

/// <summary>What was counted of a thread behind a position.</summary>
internal sealed record ThreadUnread(long Thread, long Looked, long Found)
{
    public Unread ToAnswer() => UnreadPlace.Counted((int)Found, isAll: Looked < UnreadPlace.MostLookedAt);
}
