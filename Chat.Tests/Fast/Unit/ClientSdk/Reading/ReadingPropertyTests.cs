using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Reading;

[Collection(Heavy.Name)]
public sealed class ReadingPropertyTests
{
    private const int Runs = 1_000;

    /// <summary>A seed that failed, to run it alone: <c>CHAT_SEED=123</c>.</summary>
    private static readonly int? OneSeed = int.TryParse(Environment.GetEnvironmentVariable("CHAT_SEED"), out var seed)
        ? seed
        : null;

    [Fact]
    public async Task With_any_sessions_and_pushes_every_reader_sees_all_from_its_cursor_to_the_head_in_order()
    {
        var failures = new List<string>();
        foreach (var seed in OneSeed is { } one ? Enumerable.Repeat(one, 500) : Enumerable.Range(1, Runs))
        {
            await using var run = new ReadingRun(seed);
            if (await run.RunAsync() is { } problem) failures.Add($"CHAT_SEED={seed}: {problem}");
            if (failures.Count > 2) break;
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }
}
