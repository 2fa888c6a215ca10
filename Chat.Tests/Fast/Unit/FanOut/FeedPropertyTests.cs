using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.FanOut;

[Collection(Heavy.Name)]
public sealed class FeedPropertyTests
{
    private const int Runs = 4_000;

    /// <summary>A seed that failed, to run it alone: <c>CHAT_SEED=123</c>.</summary>
    private static readonly int? OneSeed = int.TryParse(Environment.GetEnvironmentVariable("CHAT_SEED"), out var seed)
        ? seed
        : null;

    // CH-3
    [Fact]
    public async Task With_any_order_or_loss_every_reader_sees_all_from_its_cursor_to_the_head()
    {
        var failures = new List<string>();
        foreach (var seed in OneSeed is { } one ? Enumerable.Repeat(one, 1_000) : Enumerable.Range(1, Runs))
        {
            await using var run = new FeedRun(seed);
            if (await run.RunAsync() is { } problem) failures.Add($"CHAT_SEED={seed}: {problem}");
            if (failures.Count > 2) break;
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }
}
