namespace Chat.Benchmarks.Load;

/// <summary>Waits for what servers and databases do.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20), Bound = TimeSpan.FromMinutes(10);

    /// <exception cref="TimeoutException">It took longer than ten minutes.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeProvider time)
    {
        for (var began = time.GetTimestamp(); !await condition();)
        {
            if (time.GetElapsedTime(began) > Bound) throw new TimeoutException("it took longer than ten minutes");
            await Task.Delay(Beat, time);
        }
    }

    /// <summary>Until the server serves.</summary>
    /// <exception cref="TimeoutException">It took longer than ten minutes.</exception>
    public static async Task UntilReadyAsync(Uri server, TimeProvider time)
    {
        using var http = new HttpClient { BaseAddress = server };
        await UntilAsync(async () =>
        {
            using var answer = await http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }, time);
    }
}
