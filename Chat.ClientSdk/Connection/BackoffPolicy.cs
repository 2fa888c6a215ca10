using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.ClientSdk.Connection;

/// <summary><see cref="ReconnectOptions"/> as SignalR asks for them.</summary>
internal sealed class BackoffPolicy(ReconnectOptions options, Random? random = null) : IRetryPolicy
{
    private readonly Backoff _backoff = Backoff.For(options);

    public TimeSpan? NextRetryDelay(RetryContext retryContext) =>
        retryContext.PreviousRetryCount >= options.MaxAttempts
            ? null
            : _backoff.Next(retryContext.PreviousRetryCount, random);
}
