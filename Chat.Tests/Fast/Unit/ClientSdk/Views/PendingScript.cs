using Chat.ClientSdk.Sending;
using Chat.ClientSdk.Views;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Unit.ClientSdk.Views;

/// <summary>An outbox that holds what a test says.</summary>
internal sealed class PendingScript : IPendingMessages
{
    private Action? _changed;
    private IReadOnlyList<OptimisticMessage> _messages = [];

    public int Asked { get; private set; }

    public void Set(params OptimisticMessage[] messages)
    {
        _messages = messages;
        _changed?.Invoke();
    }

    public IPendingList Open(ConversationId conversation, Action changed)
    {
        _changed = changed;
        return new List(this);
    }

    private sealed class List(PendingScript outbox) : IPendingList
    {
        public IReadOnlyList<OptimisticMessage> After(long sequence, Func<OptimisticMessage, bool>? isTold)
        {
            outbox.Asked++;
            // As the outbox does: what is stored is asked about, from the newest on.
            return [.. outbox._messages.Reverse().Where(one => one.Stored is null || isTold?.Invoke(one) != true)
                .Reverse()];
        }

        public void Dispose() => outbox._changed = null;
    }
}
