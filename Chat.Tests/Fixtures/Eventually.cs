namespace Chat.Tests.Fixtures;

/// <summary>For what becomes true without anybody being told: asks again until it is, within a bound.</summary>
internal static class Eventually
{
    /// <summary>Between two questions: what is waited for needs the processor too.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static Task HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        try
        {
            while (!await condition().WaitAsync(bound.Token)) await Task.Delay(Pause, TimeProvider.System, bound.Token);
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            Assert.Fail($"it did not become true within {Bounds.Wait.TotalSeconds} s");
        }
    }
}
