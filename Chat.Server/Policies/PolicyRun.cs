using System.Collections.Concurrent;
using Chat.Server.Core;
using Microsoft.Extensions.Logging;

namespace Chat.Server.Policies;

/// <summary>Asks one policy, within its time.</summary>
internal sealed partial class PolicyRun(
    string name, Lazy<IChatPolicy> policy, ChatPolicyOptions options, TimeProvider time,
    ILogger<PolicyRun> logger)
{
    /// <summary>Decisions that go on although nobody waits for them any more. Beyond it the policy is not
    /// asked.</summary>
    internal const int MaxLate = 32;

    private const int MaxPooled = 64;

    private readonly ConcurrentBag<CancellationTokenSource> _pool = [];
    private int _pooled;
    private int _late;

    /// <summary>How long it may take.</summary>
    public TimeSpan Budget => options.Budget;

    /// <returns>Never a verdict of no kind. Synchronous, and without an allocation, where the policy is.</returns>
    /// <exception cref="ChatException">It failed, and acts are refused then.</exception>
    public ValueTask<ChatVerdict> DecideAsync(in ChatAct act, CancellationToken ct)
    {
        if (Volatile.Read(ref _late) >= MaxLate)
            return new(Fail(act.Kind, $"{MaxLate} of its decisions take longer than they may", null));
        var bound = Rent();
        ValueTask<ChatVerdict> deciding;
        try
        {
            deciding = policy.Value.DecideAsync(act, bound.Token);
        }
        catch (Exception e)
        {
            Return(bound);
            return new(Fail(act.Kind, "it threw", e));
        }
        if (!deciding.IsCompletedSuccessfully) return AwaitAsync(deciding.AsTask(), act.Kind, bound, ct);
        Return(bound);
        return new(Usable(deciding.Result, act.Kind));
    }

    private async ValueTask<ChatVerdict> AwaitAsync(
        Task<ChatVerdict> deciding, ChatActKind kind, CancellationTokenSource bound, CancellationToken ct)
    {
        try
        {
            var verdict = await deciding.WaitAsync(options.Budget, time, ct);
            Return(bound);
            return Usable(verdict, kind);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Abandon(deciding, bound); // nobody waits for the act
            throw;
        }
        catch (TimeoutException) when (!deciding.IsCompleted)
        {
            Abandon(deciding, bound);
            return Fail(kind, $"it took longer than {options.Budget.TotalMilliseconds:0} ms", null);
        }
        catch (Exception e)
        {
            Return(bound);
            return Fail(kind, "it threw", e);
        }
    }

    /// <summary>It is told to stop. Where it does not, it goes on, and counts until it ends.</summary>
    private void Abandon(Task deciding, CancellationTokenSource bound)
    {
        Interlocked.Increment(ref _late);
        _ = EndAsync();

        async Task EndAsync()
        {
            // Callbacks of the application may throw and may take their time: not here.
            await bound.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await deciding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            bound.Dispose();
            Interlocked.Decrement(ref _late);
        }
    }

    private ChatVerdict Usable(ChatVerdict verdict, ChatActKind kind) =>
        verdict.Kind == VerdictKind.None ? Fail(kind, "its verdict is none", null) : verdict;

    /// <summary>What follows when it cannot be asked, or what it says cannot be used.</summary>
    /// <exception cref="ChatException">The act is refused.</exception>
    public ChatVerdict Fail(ChatActKind kind, string why, Exception? cause)
    {
        Log.Failed(logger, name, kind, why, cause);
        return options.OnFailure == PolicyFailure.Allow
            ? ChatVerdict.Allow
            : throw ChatException.Internal(
                "the application could not decide about it now; nothing was stored, try again later", cause);
    }

    private CancellationTokenSource Rent()
    {
        if (!_pool.TryTake(out var bound)) return new CancellationTokenSource();
        Interlocked.Decrement(ref _pooled);
        return bound;
    }

    private void Return(CancellationTokenSource bound)
    {
        if (bound.TryReset() && Interlocked.Increment(ref _pooled) <= MaxPooled)
        {
            _pool.Add(bound);
            return;
        }
        Interlocked.Decrement(ref _pooled);
        bound.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(9760, LogLevel.Warning, "Policy {Policy} failed at {Act}: {Why}")]
        public static partial void Failed(
            ILogger logger, string policy, ChatActKind act, string why, Exception? exception);
    }
}
