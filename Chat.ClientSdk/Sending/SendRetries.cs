using Chat.ClientSdk.Connection;
using Chat.Contracts.Errors;
using Polly;
using Polly.Retry;

namespace Chat.ClientSdk.Sending;

/// <summary>Which failures are retried, and when.</summary>
internal static class SendRetries
{
    /// <summary>The failure is temporary; every other refusal is final.</summary>
    public static bool IsWorthwhile(ChatRefusedException refusal) =>
        refusal.Code is ChatErrorCode.RateLimited or ChatErrorCode.InternalError;

    /// <summary>Tries for ever: when the server says, else with exponential backoff and jitter. A lost connection is
    /// not its business: the link has a backoff of its own.</summary>
    public static ResiliencePipeline Create(
        OutboxOptions options, TimeProvider time, Action<ChatRefusedException, TimeSpan> onRetry)
    {
        var waits = new Backoff(options.RetryDelay, options.MaxRetryDelay, Least: 0.5);
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<ChatRefusedException>(IsWorthwhile),
                DelayGenerator = retry => ValueTask.FromResult<TimeSpan?>(
                    ((ChatRefusedException)retry.Outcome.Exception!).RetryAfter ?? waits.Next(retry.AttemptNumber)),
                MaxRetryAttempts = int.MaxValue,
                OnRetry = retry =>
                {
                    onRetry((ChatRefusedException)retry.Outcome.Exception!, retry.RetryDelay);
                    return default;
                },
            })
            .Build();
    }
}
