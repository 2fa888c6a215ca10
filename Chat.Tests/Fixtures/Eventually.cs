namespace Chat.Tests.Fixtures;

/// <summary>For what becomes true without anybody being told: asks again until it is, within a bound.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    /// <param name="condition">Asks the server: each round is a round trip, not a spin.</param>
    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Bound, $"it did not become true within {Bound.TotalSeconds} s");
    }
}
