using Chat.Benchmarks.Load;
using Chat.Tests.Fixtures.Cluster;
using Chat.Tests.Fixtures.Cluster.Revoking;

namespace Chat.Benchmarks.Revoking;

/// <summary>The command <c>revocations</c>.</summary>
internal static class RevocationsCommand
{
    private static readonly LoadOption[] Options =
    [
        new("rounds", "100", "how many; Redis is cut in half of them, an instance stopped or cut off in a quarter"),
        new("users", "100", "signed out in each"),
        new("rate", "200", "messages a second"),
        new("instances", "3", "server processes"),
        new("server", "", "folder of a published server, instead of the one built with this program"),
    ];

    /// <returns>0 when nothing was late, 1 when something was, 2 when the command line cannot be used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.RunAsync(
        args, "revocations [--option value ...]\nUsers of several servers are signed out while they read and write and "
            + "something fails: nothing that was stored later may be shown to them or taken from them.",
        Options, options => RunAsync(options, TimeProvider.System));

    private static async Task<int> RunAsync(LoadOptions options, TimeProvider time)
    {
        var (tokens, all, began) = (new TestTokens(), default(RoundResult), time.GetTimestamp());
        await using var cluster = await ChatCluster.StartAsync(new ClusterOptions
        {
            Instances = options.Int("instances"), ServerFolder = options.TextOrNull("server"),
            Environment = RevocationRound.EnvironmentOf(tokens),
        });
        var shape = new RoundShape { Users = options.Int("users"), SendsPerSecond = options.Number("rate") };
        for (var i = 0; i < options.Int("rounds"); i++)
        {
            var fault = FaultOf(i);
            var one = await new RevocationRound(cluster, tokens, shape, time).RunAsync($"round{i}", fault);
            all += one;
            Console.WriteLine($"{time.GetElapsedTime(began).TotalSeconds,6:0.0} s  round {i}, {fault}: {one}");
        }
        Console.WriteLine($"all: {all}");
        return all.IsClean ? 0 : 1;
    }

    private static RoundFault FaultOf(int round) => (round % 8) switch
    {
        0 => RoundFault.CutOff,
        1 => RoundFault.Redis,
        2 => RoundFault.None,
        3 => RoundFault.Redis | RoundFault.Stopped,
        5 or 7 => RoundFault.Redis,
        _ => RoundFault.None,
    };
}
