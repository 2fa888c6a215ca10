using System.Diagnostics.CodeAnalysis;

namespace Chat.Server.Concurrency;

/// <summary>What waits, by who brought it: they are served in turn, each in the order of its own. So one who brings
/// very much delays everybody else by one at a time.</summary>
/// <remarks>Not for several threads at once.</remarks>
internal sealed class FairQueue<T>
{
    /// <summary>Lines without anything in them that are kept for the next who comes.</summary>
    private const int Spares = 1_024;

    /// <summary>Longer ones are not kept.</summary>
    private const int SpareRoom = 64;

    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly Queue<Line> _turns = new(); // each line that has something, once
    private readonly Stack<Line> _spare = new();

    public int Count { get; private set; }

    /// <param name="owner">Who brought it.</param>
    /// <param name="item">Comes behind all else of the owner's.</param>
    public void Add(string owner, T item)
    {
        if (!_lines.TryGetValue(owner, out var line))
        {
            line = _spare.Count > 0 ? _spare.Pop() : new Line();
            line.Owner = owner;
            _lines.Add(owner, line);
            _turns.Enqueue(line);
        }
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
        else Retire(line);
        return true;
    }

    private void Retire(Line line)
    {
        _lines.Remove(line.Owner);
        if (_spare.Count >= Spares || line.Items.Capacity > SpareRoom) return;
        line.Owner = "";
        _spare.Push(line);
    }

    private sealed class Line
    {
        public string Owner { get; set; } = "";

        public Queue<T> Items { get; } = new();
    }
}
