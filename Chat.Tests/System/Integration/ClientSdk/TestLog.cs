using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Integration.ClientSdk;

/// <summary>The logs of a <see cref="TestChatServer"/> and who has joined them. All that touches it holds the
/// gate.</summary>
internal sealed class TestLog
{
    private readonly Dictionary<ConversationId, List<ConversationEntry>> _entries = [];
    private readonly Dictionary<ConversationId, HashSet<string>> _joined = [];

    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Looks at it, holding the gate.</summary>
    public async Task<T> WithinAsync<T>(Func<T> look)
    {
        await Gate.WaitAsync();
        try
        {
            return look();
        }
        finally
        {
            Gate.Release();
        }
    }

    public List<ConversationEntry> EntriesOf(ConversationId id) => Of(_entries, id);

    public HashSet<string> ConnectionsOf(ConversationId id) => Of(_joined, id);

    private static T Of<T>(Dictionary<ConversationId, T> all, ConversationId id) where T : new() =>
        all.TryGetValue(id, out var found) ? found : all[id] = new T();
}
