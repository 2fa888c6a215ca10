namespace Chat.Benchmarks.Load;

/// <summary>A steady rate from now on.</summary>
/// <param name="rate">How many per second.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(double rate, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private long _taken;

    /// <summary>Waits until the next one is due; if that was missed, not at all. Cancelling only ends the
    /// wait.</summary>
    public async Task NextAsync(CancellationToken ct)
    {
        var due = TimeSpan.FromSeconds(_taken++ / rate) - time.GetElapsedTime(_began);
        if (due > TimeSpan.Zero)
            await Task.Delay(due, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
