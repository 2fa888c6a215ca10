using Chat.ClientSdk.Views;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Sending;

/// <summary>The messages that the client has accepted and the server has not stored yet, to be shown.</summary>
internal interface IPendingMessages
{
    /// <summary>The messages of one conversation, from now on until the result is disposed.</summary>
    /// <param name="conversation">Which.</param>
    /// <param name="changed">Called after every change of the result of <see cref="IPendingList.After"/>, from any
    /// thread. It must not block.</param>
    IPendingList Open(ConversationId conversation, Action changed);
}

/// <summary>What one screen shows of a conversation's pending messages. Between receipt and entry a message is in
/// neither the outbox nor the screen's copy of the log, so it is kept here and stays on the screen.</summary>
internal interface IPendingList : IDisposable
{
    /// <summary>In the order of acceptance: the messages stored after this sequence since the list was opened, then
    /// those not stored. Cheap: it is called at every change.</summary>
    /// <param name="sequence">The newest sequence that the screen has, with all before it. Messages stored up to there
    /// are dropped.</param>
    /// <param name="isTold">Asked of reactions that are stored: whether an entry up to there tells them. Then they are
    /// dropped too. Null: they are.</param>
    IReadOnlyList<OptimisticMessage> After(long sequence, Func<OptimisticMessage, bool>? isTold = null);
}
