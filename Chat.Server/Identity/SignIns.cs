using Chat.Contracts.Errors;
using Chat.Server.Audit;
using Chat.Server.Limits;

namespace Chat.Server.Identity;

/// <summary>What became of proofs of who is calling: counts them, slows forged ones, and notes some of those that
/// failed in the audit.</summary>
internal sealed class SignIns(AuthMetrics metrics, AttemptLimits attempts, IAuditLog audit, TimeProvider time)
{
    /// <summary>How many failures are noted; an attacker is not to fill the audit.</summary>
    private static readonly Rate Sampled = new(PerSecond: 0.2, Burst: 20);

    private long _sampled;

    /// <summary>It was taken.</summary>
    public void Succeeded() => metrics.Answered(null);

    /// <summary>It was not.</summary>
    /// <param name="http">The request.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="isForged">True where somebody may be guessing: a signature or a secret that is nobody's. One that
    /// has expired or was revoked is none.</param>
    /// <param name="target">For the audit: what is known of it.</param>
    /// <returns>What to answer: the refusal, or that such come too fast.</returns>
    public ChatError Failed(HttpContext http, ChatError refusal, bool isForged = false, string target = "")
    {
        if (isForged && attempts.Take(http.Connection.RemoteIpAddress) is { } tooMany) refusal = tooMany;
        metrics.Answered(refusal.Code);
        // A request without any proof is nothing to note, and one that comes too fast was noted before.
        if (refusal.Code is not (ChatErrorCode.Unauthenticated or ChatErrorCode.RateLimited)
            && Sampled.Take(ref _sampled, Rate.Clock(time)) == TimeSpan.Zero)
            audit.Note(http.Entry("sign_in", target, refusal.Code.ToWire()));
        return refusal;
    }
}
