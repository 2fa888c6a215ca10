using System.Collections.Concurrent;
using Chat.Server.Keys.Store;

namespace Chat.Server.Keys;

/// <summary>Remembers for a moment what was looked up, so that a client's requests do not each ask the
/// database.</summary>
/// <remarks>So long what was revoked on another instance may still be taken. What is not there is not
/// remembered.</remarks>
internal sealed class CredentialMemory<T>(TimeProvider time)
    where T : CredentialRow
{
    /// <summary>How many: at most 2 KB each.</summary>
    private const int Most = 8_192;

    public static readonly TimeSpan Life = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (T Row, long At)> _known = new(StringComparer.Ordinal);

    public T? Find(string id) =>
        _known.TryGetValue(id, out var known) && time.GetElapsedTime(known.At) < Life ? known.Row : null;

    /// <param name="row">What was read.</param>
    /// <param name="at">When the question was asked: its answer may be as old.</param>
    public void Remember(T row, long at)
    {
        if (_known.Count >= Most) _known.Clear();
        _known[row.Id] = (row, at);
    }

    public void Forget(string id) => _known.TryRemove(id, out _);
}
