using Chat.Contracts.Identifiers;

namespace Chat.Server.Core.MessageLog;

/// <summary>So many lanes: each conversation belongs to one of them.</summary>
internal sealed class LaneSet(
    int count, LaneContext context, QuietMessages? quiet, Action<int, TimeSpan> committed)
{
    private readonly AppendLane[] _lanes =
        [.. Enumerable.Range(0, count).Select(_ => AppendLane.Of(context, quiet, committed))];

    public int Count => _lanes.Length;

    /// <summary>Whether drafts wait for a locked conversation. A hint: it changes at any time.</summary>
    public bool IsHolding => Array.Exists(_lanes, static lane => lane.IsHolding);

    public AppendLane Of(ConversationId conversation) => _lanes[(uint)conversation.GetHashCode() % _lanes.Length];

    /// <summary>Runs the lanes until they are completed and empty.</summary>
    public Task RunAsync(CancellationToken ct) => Task.WhenAll(_lanes.Select(lane => lane.RunAsync(ct)));

    /// <summary>Takes no more.</summary>
    public void Complete()
    {
        foreach (var lane in _lanes) lane.Complete();
    }
}
