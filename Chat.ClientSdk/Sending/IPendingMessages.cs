using Chat.ClientSdk.Views;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Sending;

/// <summary>The messages that the client has accepted and the server has not stored yet, for whoever shows
/// them.</summary>
internal interface IPendingMessages
{
    /// <summary>Those of one conversation, from now on until what is returned is disposed.</summary>
    /// <param name="conversation">Which.</param>
    /// <param name="changed">Called after every change of what <see cref="IPendingList.After"/> gives, from any thread.
    /// It does not block.</param>
    IPendingList Open(ConversationId conversation, Action changed);
}

/// <summary>What one screen shows of a conversation's pending messages. Between a receipt and its entry a message is in
/// neither the outbox nor the log that the screen has, so it is kept here: a screen shows it all the time.</summary>
internal interface IPendingList : IDisposable
{
    /// <summary>In the order in which they were accepted: those that were stored after this sequence since the list was
    /// opened, then those that are not stored. Cheap: it is asked at every change.</summary>
    /// <param name="sequence">The newest sequence that the screen has, with all before it. Messages stored up to there
    /// are forgotten.</param>
    IReadOnlyList<OptimisticMessage> After(long sequence);
}
