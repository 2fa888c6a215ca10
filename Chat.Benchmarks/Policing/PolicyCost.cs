using Chat.Benchmarks.Load;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Benchmarks.Policing;

/// <summary>What the server does for a policy, which itself does nothing.</summary>
internal static class PolicyCost
{
    public static async Task RunAsync(LoadOptions options, LoadReport report, TimeProvider time)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton(time).AddPolicy<Allowing>()
            .BuildServiceProvider();
        foreach (var (name, policies) in new (string, IPolicies)[]
        {
            ("cost_none", new NoPolicies()), ("cost_one", services.GetRequiredService<IPolicies>()),
        })
        {
            var (calls, took, bytes) = (Math.Max(1, options.Int("calls")), new List<double>(), 0L);
            Ask(policies, calls);
            Ask(policies, calls);
            for (var round = 0; round < Math.Max(1, options.Int("rounds")); round++)
            {
                var (began, before) = (time.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
                Ask(policies, calls);
                bytes += GC.GetAllocatedBytesForCurrentThread() - before;
                took.Add(time.GetElapsedTime(began).TotalNanoseconds / calls);
            }
            report.Add($"{name}_ns", Median.Of(took));
            report.Add($"{name}_bytes", bytes / (double)calls / took.Count);
        }
    }

    private static void Ask(IPolicies policies, int calls)
    {
        var draft = Drafts.Of(Drafts.Message(ConversationId.Lobby))[0];
        for (var call = 0; call < calls; call++)
            if (!policies.JudgeAsync(draft, CancellationToken.None).IsCompletedSuccessfully)
                throw new InvalidOperationException("it is not decided at once");
    }

    private sealed class Allowing : IChatPolicy
    {
        public ValueTask<ChatVerdict> DecideAsync(ChatAct act, CancellationToken ct) => new(ChatVerdict.Allow);
    }
}
