using Chat.Contracts.Entries;

namespace Chat.Server.FanOut;

/// <summary>All who are shown the entries of feeds.</summary>
internal sealed class EntryObservers(IServiceProvider services)
{
    // Later, because observers may use the feeds themselves.
    private readonly Lazy<IEntryObserver[]> _observers = new(() => [.. services.GetServices<IEntryObserver>()]);

    public void Observe(ConversationEntry entry)
    {
        foreach (var observer in _observers.Value) observer.Observe(entry);
    }
}
