using Chat.Contracts.Entries;

namespace Chat.Server.Core.MessageLog;

/// <summary>Is shown every entry that this instance committed through its lanes, after the commit; each entry of the
/// log is shown by exactly one instance, unless that one ends in between. Registered as a service.</summary>
/// <remarks>Called by the lane: it must be quick and must not throw. What must happen for every entry has to look at
/// the log as well.</remarks>
internal interface ICommitObserver
{
    void Committed(IReadOnlyList<ConversationEntry> entries);
}
