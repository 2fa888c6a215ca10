using Chat.Contracts.Entries;

namespace Chat.Server.Core.MessageLog;

/// <summary>Gets every entry that this instance committed through its lanes, after the commit. Each entry of the log
/// goes to exactly one instance's observers, unless that instance ends in between. Registered as a service.</summary>
/// <remarks>Called by the lane: both must be quick and must not throw. Work that must happen for every entry must also
/// read the log.</remarks>
internal interface ICommitObserver
{
    void Committed(IReadOnlyList<ConversationEntry> entries);

    /// <summary>Gets the reactions that this instance committed, whether an entry tells them or not.</summary>
    void Reacted(IReadOnlyList<ReactionSet> sets) { }
}
