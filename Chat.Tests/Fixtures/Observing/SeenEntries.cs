using System.Collections.Concurrent;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server;

namespace Chat.Tests.Fixtures.Observing;

/// <summary>What an observer was shown, on whichever instance, and whether that is what is promised: each conversation
/// in the order of its log, repeats apart, without a hole.</summary>
internal sealed class SeenEntries
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ConversationId, long> _at = [];
    private readonly List<ConversationEntry> _first = [];
    private readonly List<string> _problems = [];
    private readonly HashSet<ConversationId> _inCall = [];

    /// <summary>Begins elsewhere than with the first entry, or leaves some out.</summary>
    public bool MayHaveHoles { get; init; }

    /// <summary>Runs before each call is noted; what it throws is the observer's failure.</summary>
    public Func<IReadOnlyList<ConversationEntry>, CancellationToken, Task> OnCall { get; set; } =
        static (_, _) => Task.CompletedTask;

    public ConcurrentQueue<int> Sizes { get; } = [];

    public int Repeats { get; private set; }

    public int MostAtOnce { get; private set; }

    private int _calls;

    /// <summary>Everything that was shown, each once, in the order of the first time.</summary>
    public List<ConversationEntry> All
    {
        get
        {
            lock (_gate) return [.. _first];
        }
    }

    public int Count
    {
        get
        {
            lock (_gate) return _first.Count;
        }
    }

    public long At(ConversationId conversation)
    {
        lock (_gate) return _at.GetValueOrDefault(conversation);
    }

    public async Task ShowAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct)
    {
        Enter(entries);
        try
        {
            await OnCall(entries, ct);
            Sizes.Enqueue(entries.Count);
            lock (_gate)
                foreach (var entry in entries) Note(entry);
        }
        finally
        {
            Leave(entries);
        }
    }

    /// <summary>Forgets the order: from now on everything may come again.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _at.Clear();
            _first.Clear();
        }
    }

    public Task HasAsync(Func<SeenEntries, bool> condition) => Eventually.HoldsAsync(() => condition(this));

    public void Check() => Assert.Empty(_problems);

    private void Note(ConversationEntry entry)
    {
        var at = _at.GetValueOrDefault(entry.ConversationId);
        if (entry.Sequence <= at)
        {
            Repeats++;
            return;
        }
        if (entry.Sequence > at + 1 && !MayHaveHoles)
            _problems.Add($"{entry.ConversationId}: {entry.Sequence} after {at}");
        _at[entry.ConversationId] = entry.Sequence;
        _first.Add(entry);
    }

    private void Enter(IReadOnlyList<ConversationEntry> entries)
    {
        lock (_gate)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_calls);
            foreach (var conversation in entries.Select(entry => entry.ConversationId).Distinct())
                if (!_inCall.Add(conversation)) _problems.Add($"{conversation} is in two calls at once");
        }
    }

    private void Leave(IReadOnlyList<ConversationEntry> entries)
    {
        lock (_gate)
        {
            _calls--;
            foreach (var entry in entries) _inCall.Remove(entry.ConversationId);
        }
    }
}
