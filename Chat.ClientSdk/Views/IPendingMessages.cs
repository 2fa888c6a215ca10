using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>The messages that the client has accepted and the server has not stored yet, for whoever shows them.</summary>
internal interface IPendingMessages
{
    /// <summary>Those of one conversation, in the order in which they were accepted. Cheap: it is asked at every change.</summary>
    IReadOnlyList<OptimisticMessage> Of(ConversationId conversation);

    /// <summary>Calls back after every change of what <see cref="Of"/> gives, from any thread, until what is returned is disposed. The callback does not block.</summary>
    IDisposable Listen(ConversationId conversation, Action changed);
}
