namespace Chat.Server.Core.MessageLog;

/// <summary>Commits quiet reactions, in batches that end soon: what tells them, or deletes their message, waits for
/// the batch under way.</summary>
internal sealed class QuietBatches(BatchCommit commit, LaneContext context)
{
    private const int Fewest = 64, Most = 512;

    /// <summary>Behind so many the next ones wait until there are more of them: a batch costs about as much as a
    /// hundred of them.</summary>
    private const int Many = 16;

    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(50), Pause = TimeSpan.FromMilliseconds(20);

    private int _size = Most;
    private long _began; // the last one
    private TimeSpan _rest; // from then on until the next may begin

    /// <exception cref="Persistence.StoreException">As <see cref="BatchCommit"/> has it.</exception>
    public async Task RunAsync(List<PendingAppend> sets, CancellationToken ct)
    {
        for (var done = 0; done < sets.Count;)
        {
            var some = sets.GetRange(done, Math.Min(_size, sets.Count - done));
            done += some.Count;
            _began = context.Time.GetTimestamp();
            await commit.RunAsync(some, quietly: true, ct);
            _size = commit.Took > Long ? Math.Max(Fewest, _size / 2) : Math.Min(Most, _size * 2);
            _rest = some.Count >= Many ? commit.Took + Pause : TimeSpan.Zero;
        }
    }

    /// <summary>Waits a moment where the last ones were many.</summary>
    public async ValueTask PauseAsync()
    {
        if (_rest == TimeSpan.Zero) return;
        var left = _rest - context.Time.GetElapsedTime(_began); // answers took their time too
        _rest = TimeSpan.Zero;
        if (left > TimeSpan.Zero) await Task.Delay(left, context.Time, CancellationToken.None);
    }
}
