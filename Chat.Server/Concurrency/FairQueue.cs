using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Chat.Server.Concurrency;

/// <summary>What waits, by who brought it: they are served in turn, each in the order of its own. So one who brings
/// very much delays everybody else by one at a time.</summary>
/// <remarks>Not for several threads at once. An owner whose line has become empty keeps it until others need it: each
/// message of a lane passes here, and an owner that comes again costs one look-up and no object.</remarks>
/// <param name="comparer">Compares owners; ordinal unless it is given.</param>
internal sealed class FairQueue<T>(IEqualityComparer<string>? comparer = null)
{
    /// <summary>Empty lines that are kept, with their owners and without.</summary>
    public const int MaxIdle = 1_024;

    /// <summary>Longer ones are not kept.</summary>
    private const int IdleRoom = 64;

    private readonly Dictionary<string, Line> _lines = new(comparer ?? StringComparer.Ordinal);
    private readonly Queue<Line> _turns = new(); // each line that has something, once
    private readonly LinkedList<Line> _idle = new(); // those that have nothing, the longest first
    private readonly Stack<Line> _spare = new(); // without an owner

    public int Count { get; private set; }

    /// <param name="owner">Who brought it.</param>
    /// <param name="item">Comes behind all else of the owner's.</param>
    public void Add(string owner, T item)
    {
        ref var line = ref CollectionsMarshal.GetValueRefOrAddDefault(_lines, owner, out var isKnown);
        if (!isKnown)
        {
            line = _spare.Count > 0 ? _spare.Pop() : new Line();
            line.Owner = owner;
        }
        else if (line!.Place.List is not null) _idle.Remove(line.Place);
        if (line.Items.Count == 0) _turns.Enqueue(line);
        line.Items.Enqueue(item);
        Count++;
    }

    /// <summary>Looks at what is next.</summary>
    public bool TryPeek([MaybeNullWhen(false)] out T item)
    {
        item = default;
        return _turns.TryPeek(out var line) && line.Items.TryPeek(out item);
    }

    /// <summary>Takes what is next.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        item = default;
        if (!_turns.TryDequeue(out var line)) return false;
        item = line.Items.Dequeue();
        Count--;
        if (line.Items.Count > 0) _turns.Enqueue(line);
        else Rest(line);
        return true;
    }

    private void Rest(Line line)
    {
        if (line.Items.Capacity > IdleRoom)
        {
            _lines.Remove(line.Owner);
            return;
        }
        _idle.AddLast(line.Place);
        if (_idle.Count <= MaxIdle) return;
        var longest = _idle.First!.Value;
        _idle.RemoveFirst();
        _lines.Remove(longest.Owner);
        longest.Owner = "";
        if (_spare.Count < MaxIdle) _spare.Push(longest);
    }

    private sealed class Line
    {
        public Line() => Place = new LinkedListNode<Line>(this);

        public string Owner { get; set; } = "";

        public Queue<T> Items { get; } = new();

        public LinkedListNode<Line> Place { get; }
    }
}
