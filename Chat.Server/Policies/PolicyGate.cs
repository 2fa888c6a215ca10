using Chat.Server.Core;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Policies;

/// <summary>Asks all policies, in the order in which they were added.</summary>
internal sealed class PolicyGate(IEnumerable<PolicyRun> policies) : IPolicies
{
    private readonly PolicyRun[] _policies = [.. policies];

    public TimeSpan Budget => _policies.Aggregate(TimeSpan.Zero, static (sum, policy) => sum + policy.Budget);

    public ValueTask<Draft> JudgeAsync(Draft draft, CancellationToken ct) => JudgeFromAsync(0, draft, ct);

    private ValueTask<Draft> JudgeFromAsync(int first, Draft draft, CancellationToken ct)
    {
        if (PolicyDrafts.KindOf(draft) is not { } kind) return new(draft);
        for (var at = first; at < _policies.Length; at++)
        {
            var deciding = _policies[at].DecideAsync(new ChatAct(draft, kind), ct);
            if (!deciding.IsCompletedSuccessfully || deciding.Result.Kind != VerdictKind.Allow)
                return GoOnAsync(at, kind, deciding, draft, ct);
        }
        return new(draft);
    }

    private async ValueTask<Draft> GoOnAsync(
        int at, ChatActKind kind, ValueTask<ChatVerdict> deciding, Draft draft, CancellationToken ct)
    {
        var verdict = await deciding;
        if (verdict.Refusal is { } refusal) throw new ChatException(refusal) { IsFinal = true };
        if (verdict.Replacement is { } replacement) draft = Replace(_policies[at], kind, draft, replacement);
        return await JudgeFromAsync(at + 1, draft, ct);
    }

    private static Draft Replace(PolicyRun policy, ChatActKind kind, Draft draft, EntryDraft replacement)
    {
        try
        {
            return PolicyReplacement.In(draft, replacement);
        }
        catch (InvalidOperationException e)
        {
            policy.Fail(kind, e.Message, null); // throws, unless it is to be allowed
            return draft;
        }
    }
}
