using Chat.Contracts.Errors;

namespace Chat.Server.Callers;

/// <summary>Whom this instance must not serve any more, and whether it knows that well enough to serve
/// anybody.</summary>
/// <remarks>What one instance revokes the others read (<c>Revocations/</c>). One that could not for a while may not
/// know of a revocation: then everybody with a token waits, whatever the reason is. In open mode, and where all is in
/// one process, there is nothing to read.</remarks>
internal sealed class Admission(TimeProvider time)
{
    /// <summary>A reading that began longer ago is too old.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(750);

    /// <summary>So long calls wait for a reading, then they are refused.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private long _began;
    private long _known;
    private bool _isRead;
    private TaskCompletionSource? _next; // made when somebody waits for a reading

    /// <summary>The refusal while it does not know.</summary>
    public static ChatError NotKnown { get; } = new(ChatErrorCode.InternalError,
        "the server cannot ask its database who is signed out; try again later");

    /// <summary>The refusal of a caller whose token is revoked.</summary>
    public static ChatError SignedOut { get; } = new(ChatErrorCode.TokenRevoked, "the token is revoked");

    /// <summary>The refusal of a back end that acts for a deactivated user.</summary>
    public static ChatError Deactivated { get; } = new(ChatErrorCode.Forbidden, "the user is deactivated");

    /// <summary>The refusal of everybody of a suspended tenant.</summary>
    public static ChatError Suspended { get; } = new(ChatErrorCode.TenantSuspended, "the tenant is suspended");

    public RevokedTokens Revoked { get; } = new();

    /// <summary>Raised where a reading is wanted now.</summary>
    public event Action? Wanted;

    /// <summary>True: every revocation that was stored longer than <see cref="Fresh"/> ago is known here.</summary>
    public bool IsFresh => !_isRead || Age <= Fresh;

    /// <summary>Since the last reading that succeeded began.</summary>
    public TimeSpan Age => time.GetElapsedTime(Volatile.Read(ref _began));

    /// <summary>The number up to which all revocations are known; null where there is nothing to read.</summary>
    /// <remarks>To be read before <see cref="Revoked"/> is looked at.</remarks>
    public long? Known => _isRead ? Volatile.Read(ref _known) : null;

    /// <summary>From now on there is somebody who reads: nobody is served before the first reading. At the
    /// start.</summary>
    public void BeRead() => (_isRead, _began) = (true, time.GetTimestamp() - time.TimestampFrequency);

    /// <summary>Waits while it is not fresh.</summary>
    public ValueTask WaitAsync(CancellationToken ct) => IsFresh ? default : new(WaitForReadingAsync(ct));

    /// <summary>The same, for <see cref="Patience"/> at most.</summary>
    /// <returns>False: it is not fresh yet.</returns>
    public ValueTask<bool> IsFreshSoonAsync(CancellationToken ct) => IsFresh ? new(true) : new(IsSoonAsync(ct));

    /// <summary>Whether the caller may be served. Waits while it is not fresh.</summary>
    /// <returns>Null; or the refusal.</returns>
    public async ValueTask<ChatError?> CheckAsync(Caller caller, CancellationToken ct) =>
        !await IsFreshSoonAsync(ct) ? NotKnown : Revoked.Find(caller);

    /// <summary>The same, of a back end's own tenant.</summary>
    public async ValueTask<ChatError?> CheckAsync(Tenant tenant, CancellationToken ct) =>
        !await IsFreshSoonAsync(ct) ? NotKnown : Revoked.IsSuspended(tenant) ? Suspended : null;

    /// <summary>Has the revocations read now.</summary>
    public void Want() => Wanted?.Invoke();

    /// <summary>Ends with the next reading that succeeds.</summary>
    public Task NextReadingAsync(CancellationToken ct)
    {
        var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _next, made, null) ?? made).Task.WaitAsync(ct);
    }

    /// <summary>A reading has succeeded, and what it found is in <see cref="Revoked"/>.</summary>
    /// <param name="began">The timestamp from before the database was asked.</param>
    /// <param name="known">The highest number.</param>
    public void Note(long began, long known)
    {
        Volatile.Write(ref _known, Math.Max(known, _known));
        Volatile.Write(ref _began, began);
        Interlocked.Exchange(ref _next, null)?.TrySetResult();
    }

    private async Task WaitForReadingAsync(CancellationToken ct)
    {
        while (!IsFresh)
        {
            var next = NextReadingAsync(ct);
            if (!IsFresh) await next; // else it came meanwhile
        }
    }

    private async Task<bool> IsSoonAsync(CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, ct);
        try
        {
            await WaitForReadingAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return IsFresh;
        }
    }
}
