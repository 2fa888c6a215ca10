namespace Chat.Server.Core.MessageLog;

/// <summary>Commits quiet reactions, in batches that end soon: whoever tells them, or deletes their message, waits for
/// the one under way.</summary>
internal sealed class QuietBatches(BatchCommit commit, LaneContext context)
{
    private const int Fewest = 64, Most = 512;

    /// <summary>Behind so many the next ones wait until there are more of them: a batch costs about as much as a
    /// hundred of them.</summary>
    private const int Many = 16;

    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(50), Pause = TimeSpan.FromMilliseconds(20);

    private int _size = Most;
    private bool _hadMany;

    /// <exception cref="Persistence.StoreException">As <see cref="BatchCommit"/> has it.</exception>
    public async Task RunAsync(List<PendingAppend> sets, CancellationToken ct)
    {
        for (var done = 0; done < sets.Count;)
        {
            var some = sets.GetRange(done, Math.Min(_size, sets.Count - done));
            done += some.Count;
            var began = context.Time.GetTimestamp();
            await commit.RunAsync(some, quietly: true, ct);
            var isLong = context.Time.GetElapsedTime(began) > Long;
            _size = isLong ? Math.Max(Fewest, _size / 2) : Math.Min(Most, _size * 2);
            _hadMany |= some.Count >= Many;
        }
    }

    /// <summary>Waits a moment where the last ones were many.</summary>
    public async ValueTask PauseAsync()
    {
        if (!_hadMany) return;
        _hadMany = false;
        await Task.Delay(Pause, context.Time, CancellationToken.None);
    }
}
