using Chat.ClientSdk.Views;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Sending;

/// <summary>What is queued, under way or failed, so that a screen can show it before the server has it.</summary>
/// <remarks>All members may be used from any thread.</remarks>
public sealed class PendingMessages : IPendingMessages
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ConversationId, LinkedList<PendingMessage>> _conversations = [];

    internal PendingMessages() { }

    /// <summary>A message appeared, or changed its state; its <see cref="PendingMessage.State"/> says to what. It is called on the outbox's own
    /// threads: be quick, and do not throw. States may change faster than they are told: one may be told twice or skipped, but never the last.</summary>
    public event Action<PendingMessage>? Changed;

    /// <summary>All of one conversation, in the order of the calls.</summary>
    public IReadOnlyList<PendingMessage> In(ConversationId conversation)
    {
        lock (_gate) return _conversations.TryGetValue(conversation, out var messages) ? [.. messages] : [];
    }

    /// <summary>All of all conversations, each in the order of the calls.</summary>
    public IReadOnlyList<PendingMessage> All()
    {
        lock (_gate) return [.. _conversations.Values.SelectMany(messages => messages)];
    }

    IReadOnlyList<OptimisticMessage> IPendingMessages.Of(ConversationId conversation) =>
        [.. In(conversation).Select(message => new OptimisticMessage(conversation, message.Key, message.Body, message.Options, message.CreatedAt, message.Failure))];

    IDisposable IPendingMessages.Listen(ConversationId conversation, Action changed)
    {
        void Tell(PendingMessage message)
        {
            if (message.Conversation == conversation) changed();
        }
        Changed += Tell;
        return new Listening(() => Changed -= Tell);
    }

    internal void Show(PendingMessage message)
    {
        lock (_gate) message.Shown = Of(message.Conversation).AddLast(message);
    }

    /// <summary>From an earlier time: before whatever this client was given meanwhile.</summary>
    internal void ShowFirst(IReadOnlyList<PendingMessage> messages)
    {
        lock (_gate)
            foreach (var message in messages.Reverse()) message.Shown = Of(message.Conversation).AddFirst(message);
    }

    internal void Hide(PendingMessage message)
    {
        lock (_gate)
        {
            if (message.Shown is not { List: { } messages } node) return;
            message.Shown = null;
            messages.Remove(node);
            if (messages.Count == 0) _conversations.Remove(message.Conversation);
        }
    }

    /// <summary>One listener's fault is no other's.</summary>
    internal void Tell(PendingMessage message, Action<Exception> onFault)
    {
        foreach (var listener in Delegate.EnumerateInvocationList(Changed))
        {
            try
            {
                listener(message);
            }
            catch (Exception e) // the application's
            {
                onFault(e);
            }
        }
    }

    private LinkedList<PendingMessage> Of(ConversationId conversation)
    {
        if (!_conversations.TryGetValue(conversation, out var messages)) _conversations.Add(conversation, messages = []);
        return messages;
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
