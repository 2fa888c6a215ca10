using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence;

/// <summary>Keeps entries in memory.</summary>
internal interface IEntryCache
{
    /// <summary>The content of entries of these conversations was erased, up to these sequences: it is
    /// dropped.</summary>
    void Forget(IEnumerable<KeyValuePair<ConversationId, long>> upTo);
}
