using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace Chat.Tests.Unit.ClientSdk;

public sealed class BackoffPolicyTests
{
    [Fact]
    public void Waits_double_up_to_the_maximum_and_never_end()
    {
        var policy = new BackoffPolicy(new ReconnectOptions(), new Highest());

        var bounds = new long[] { 0, 1, 2, 3, 4, 5, 100,
            long.MaxValue }.Select(n => policy.NextRetryDelay(new RetryContext { PreviousRetryCount = n }));

        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], bounds.Select(delay => delay!.Value.TotalSeconds));
    }

    [Fact]
    public void Waits_are_spread_over_the_whole_range()
    {
        var policy = new BackoffPolicy(new ReconnectOptions(), new Random(7));

        var waits = Enumerable.Range(0, 1_000)
            .Select(_ => policy.NextRetryDelay(new RetryContext { PreviousRetryCount = 4 })!.Value.TotalSeconds)
            .ToList();

        Assert.InRange(waits.Min(), 0, 0.5);
        Assert.InRange(waits.Max(), 15.5, 16);
        Assert.InRange(waits.Average(), 7, 9);
    }

    [Fact]
    public void A_limit_of_attempts_ends_it()
    {
        var policy = new BackoffPolicy(new ReconnectOptions { MaxAttempts = 2 });

        Assert.NotNull(policy.NextRetryDelay(new RetryContext { PreviousRetryCount = 1 }));
        Assert.Null(policy.NextRetryDelay(new RetryContext { PreviousRetryCount = 2 }));
    }

    private sealed class Highest : Random
    {
        public override double NextDouble() => 1;
    }
}
