using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.ClientSdk.Connection;

/// <summary><see cref="ReconnectOptions"/> as SignalR asks for them.</summary>
internal sealed class BackoffPolicy(ReconnectOptions options, Random? random = null) : IRetryPolicy
{
    private const int MaxDoublings = 30; // enough for any delay, and no overflow
    private readonly Random _random = random ?? Random.Shared;

    public TimeSpan? NextRetryDelay(RetryContext retryContext)
    {
        if (retryContext.PreviousRetryCount >= options.MaxAttempts) return null;
        var doublings = Math.Min(retryContext.PreviousRetryCount, MaxDoublings);
        var bound = Math.Min(options.FirstDelay.TotalSeconds * (1L << (int)doublings), options.MaxDelay.TotalSeconds);
        return TimeSpan.FromSeconds(bound * _random.NextDouble());
    }
}
