using System.Text.Json;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Cluster;

/// <summary>The command that proves many instances to be one chat: it says so when all is well, and it would say when
/// it is not.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ChaosCommandTests
{
    [PostgresAndRedisFact]
    public async Task A_short_run_with_faults_of_many_kinds_proves_every_promise()
    {
        // How fast all are level, and how fast an instance stops, is measured elsewhere.
        var (code, output) = await BenchmarkRun.EndAsync("chaos", "--seed", "7", "--minutes", "0.2",
            "--messages", "2000", "--instances", "2", "--senders", "9", "--readers", "10", "--level", "60",
            "--stop", "60");
        Assert.True(code == 0, output);
        var summary = JsonDocument.Parse(output.Split('\n').Last(line => line.StartsWith('{'))).RootElement;
        Assert.Equal(2_000, summary.GetProperty("acknowledged").GetInt32());
        foreach (var name in new[] { "lost", "repeated", "out_of_order", "leaked", "problems" })
            Assert.Equal(0, summary.GetProperty(name).GetInt32());
        Assert.True(summary.GetProperty("faults").EnumerateObject().Count() >= 2, output);
        Assert.True(summary.GetProperty("outsiders_refused").GetInt32() > 0, output);
    }

    [PostgresAndRedisFact]
    public async Task An_entry_that_is_taken_from_a_reader_fails_the_run()
    {
        var (code, output) = await BenchmarkRun.EndAsync("chaos", "--seed", "7", "--minutes", "0.02",
            "--messages", "200", "--instances", "1", "--senders", "4", "--readers", "5", "--level", "60",
            "--stop", "60", "--sabotage", "loss");
        Assert.True(code == 1, output);
        Assert.Contains("Lost: ", output, StringComparison.Ordinal);
    }
}
