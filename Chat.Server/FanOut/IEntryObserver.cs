using Chat.Contracts.Entries;

namespace Chat.Server.FanOut;

/// <summary>Is shown every entry that enters a feed of this instance, in order and each once, whichever instance
/// committed it. Registered as a service.</summary>
/// <remarks>Called under the feed's lock and before any reader can see the entry: it must be quick, must not throw, and
/// must not call back into the feed. A conversation without a feed here shows nothing.</remarks>
internal interface IEntryObserver
{
    void Observe(ConversationEntry entry);
}
