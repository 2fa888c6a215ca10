using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.FanOut.Signals;

/// <summary>A notification that readers should get soon and may miss: the newest of its <see cref="Key"/> wins. Never
/// part of a log.</summary>
internal abstract record Signal(ConversationId? Conversation, UserId User)
{
    public abstract SignalKind Kind { get; }

    /// <summary>A newer signal of the same key makes an older one that is not written yet pointless.</summary>
    public virtual SignalKey Key => new(Kind, Conversation, User);

    /// <summary>Its approximate size while it waits; 0: negligible.</summary>
    public virtual int Bytes => 0;

    /// <summary>True: it tells of the user's doings, so it is not for those who have nothing to do with the
    /// user.</summary>
    public virtual bool TellsOfUser => false;

    /// <summary>False: it is shown to connections that have not joined too, so it needs no subscription, and a join or
    /// a leave that is under way loses none.</summary>
    public virtual bool NeedsJoin => true;

    /// <summary>False for connections of a user that do not need it.</summary>
    public virtual bool IsFor(UserKey reader) => true;

    /// <summary>Whether it is newer than another of its key that came before it.</summary>
    public virtual bool Supersedes(Signal earlier) => true;
}
