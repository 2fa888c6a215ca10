using Chat.Contracts.Entries;

namespace Chat.Server.Observers;

/// <summary>An observer of this application.</summary>
/// <param name="Name">Names its mark.</param>
/// <param name="Options">How it is shown entries.</param>
/// <param name="Resolve">Gets it from a scope.</param>
internal sealed record ObserverRegistration(
    string Name, ChatObserverOptions Options, Func<IServiceProvider, IChatObserver> Resolve)
{
    /// <summary>Is called when this instance has taken the observer, with the epoch of its lease: one more than before
    /// where the same instance goes on, else more.</summary>
    public Action<IServiceProvider, long>? Begins { get; init; }

    public bool Wants(ConversationEntry entry) => Options.Kinds is not { } kinds
        || (entry.Kind >= 0 && kinds.HasFlag((EntryKinds)(1 << (int)entry.Kind)));
}
