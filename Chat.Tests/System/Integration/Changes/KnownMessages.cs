namespace Chat.Tests.Integration.Changes;

/// <summary>The messages that are stored for certain, and all texts that they ever had.</summary>
internal sealed class KnownMessages
{
    private readonly Lock _gate = new();
    private readonly List<(long Sequence, string Author)> _messages = [];
    private readonly List<(long Sequence, string Text)> _texts = [];
    private readonly List<string> _refused = [];
    private readonly HashSet<string> _ids = [];

    /// <summary>The entries that were acknowledged, but pins.</summary>
    public IReadOnlySet<string> Ids => _ids;

    /// <summary>What was refused, in the order of the answers.</summary>
    public string Refused
    {
        get
        {
            lock (_gate) return string.Join("; ", _refused);
        }
    }

    public void Note(string user, Change change, ChangeOutcome outcome)
    {
        lock (_gate)
        {
            if (outcome.Refusal is { } refusal) _refused.Add($"{change.Key}: {change.Kind} {change.Target} {refusal}");
            if (change.Kind is ChangeKind.Send or ChangeKind.Edit)
                _texts.Add((change.Kind == ChangeKind.Send ? outcome.Sequence : change.Target, change.Body));
            if (outcome.Refusal is not null || !change.IsKeyed) return;
            if (_ids.Add(outcome.Id) && change.Kind == ChangeKind.Send) _messages.Add((outcome.Sequence, user));
        }
    }

    /// <summary>A message, mostly one of the newest: so several change the same.</summary>
    /// <param name="random">Which.</param>
    /// <param name="author">Whose; null: anybody's.</param>
    /// <returns>0 while there is none.</returns>
    public long Draw(Random random, string? author = null)
    {
        lock (_gate)
        {
            var from = _messages.FindAll(one => author is null || one.Author == author);
            if (from.Count == 0) return 0;
            var back = random.Next(4) == 0 ? random.Next(from.Count) : random.Next(Math.Min(3, from.Count));
            return from[^(1 + back)].Sequence;
        }
    }

    /// <summary>All that a message has said, that it was refused to say too.</summary>
    public IReadOnlyList<string> TextsOf(IReadOnlySet<long> messages)
    {
        lock (_gate) return [.. _texts.Where(one => messages.Contains(one.Sequence)).Select(one => one.Text)];
    }
}
