namespace Chat.Benchmarks.Load;

/// <summary>One run of one scenario: what it was told, and what it found.</summary>
internal sealed class LoadRun(LoadOptions options)
{
    private LoadTarget? _target;

    public LoadOptions Options => options;

    public TimeProvider Time => TimeProvider.System;

    public LoadReport Report { get; } = new();

    public LoadTarget Target => _target ??= LoadTarget.Parse(options.TextOrNull("url"));

    public Sabotage Sabotage => options.OneOf<Sabotage>("sabotage");

    /// <summary>The server's process; null when its id was not given.</summary>
    public ServerProcess? ServerProcess =>
        options.TextOrNull("pid") is null ? null : new ServerProcess(options.Int("pid"));

    public Task DelayAsync(TimeSpan time, CancellationToken ct) => Task.Delay(time, Time, ct);

    /// <summary>Waits until the condition holds; false when it has not after this time.</summary>
    public async Task<bool> UntilAsync(Func<bool> condition, TimeSpan bound, CancellationToken ct)
    {
        var started = Time.GetTimestamp();
        while (!condition())
        {
            if (Time.GetElapsedTime(started) > bound) return false;
            await DelayAsync(TimeSpan.FromMilliseconds(5), ct);
        }
        return true;
    }
}
