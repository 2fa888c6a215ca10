using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.ClientSdk.Connection;

/// <summary><see cref="ReconnectOptions"/> as SignalR asks for them.</summary>
internal sealed class BackoffPolicy(ReconnectOptions options, Random? random = null) : IRetryPolicy
{
    private const int MaxDoublings = 30; // enough for any delay, and no overflow
    private readonly Random _random = random ?? Random.Shared;

    /// <summary>The longest wait before the attempt of this number, from 0.</summary>
    public static TimeSpan Bound(ReconnectOptions options, long attempt) =>
        TimeSpan.FromSeconds(Math.Min(options.FirstDelay.TotalSeconds * (1L << (int)Math.Min(attempt, MaxDoublings)),
            options.MaxDelay.TotalSeconds));

    public TimeSpan? NextRetryDelay(RetryContext retryContext) =>
        retryContext.PreviousRetryCount >= options.MaxAttempts
            ? null
            : Bound(options, retryContext.PreviousRetryCount) * _random.NextDouble();
}
