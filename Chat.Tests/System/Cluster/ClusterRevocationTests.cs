using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Cluster;
using Chat.Tests.Fixtures.Cluster.Revoking;

namespace Chat.Tests.Cluster;

/// <summary>CH-173, while something fails: nothing that was stored after the moment is shown to who was signed out, or
/// taken from who was. The long run is <c>Chat.Benchmarks revocations</c>.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ClusterRevocationTests
{
    private const int Checks = 500, MostRounds = 20;

    private static readonly RoundFault[] Faults =
        [RoundFault.None, RoundFault.Redis, RoundFault.Stopped, RoundFault.CutOff];

    [PostgresAndRedisFact]
    public async Task Nothing_later_is_shown_or_stored_whatever_fails()
    {
        var tokens = new TestTokens();
        await using var cluster = await ChatCluster.StartAsync(new ClusterOptions
        {
            Instances = 3, Environment = RevocationRound.EnvironmentOf(tokens),
        });
        var shape = new RoundShape { Users = 12, SendsPerSecond = 40, Over = TimeSpan.FromSeconds(0.5) };
        var all = default(RoundResult);
        // Each once; and as many more as a slow machine needs to have looked at 500 messages.
        for (var i = 0; i < Faults.Length || all.Checks < Checks; i++)
        {
            Assert.InRange(i, 0, MostRounds - 1);
            all += await new RevocationRound(cluster, tokens, shape, TimeProvider.System)
                .RunAsync($"round{i}", Faults[i % Faults.Length]);
        }
        Assert.True(all.IsClean, $"{all}");
    }
}
