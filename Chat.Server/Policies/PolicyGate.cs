using Chat.Contracts.Events;
using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Policies;

/// <summary>Asks all policies, in the order in which they were added.</summary>
internal sealed class PolicyGate(IEnumerable<PolicyRun> policies, ReferenceStore references) : IPolicies
{
    private readonly PolicyRun[] _policies = [.. policies];

    public ValueTask<Judged> JudgeAsync(Draft draft, CancellationToken ct) => JudgeFromAsync(0, draft, ct);

    private ValueTask<Judged> JudgeFromAsync(int first, Draft draft, CancellationToken ct)
    {
        if (PolicyDrafts.KindOf(draft) is not { } kind) return new(new Judged(draft));
        for (var at = first; at < _policies.Length; at++)
        {
            var deciding = _policies[at].DecideAsync(new ChatAct(draft, kind), ct);
            if (!deciding.IsCompletedSuccessfully || deciding.Result.Kind != VerdictKind.Allow)
                return GoOnAsync(at, kind, deciding, draft, ct);
        }
        return new(new Judged(draft));
    }

    private async ValueTask<Judged> GoOnAsync(
        int at, ChatActKind kind, ValueTask<ChatVerdict> deciding, Draft draft, CancellationToken ct)
    {
        var verdict = await deciding;
        if (verdict.Refusal is { } refusal)
            return await FindRepeatAsync(draft, ct) ?? throw new ChatException(refusal) { IsFinal = true };
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

    /// <summary>What was stored before is not refused: everybody sees it, and its receipt was lost.</summary>
    private async Task<Judged?> FindRepeatAsync(Draft draft, CancellationToken ct) =>
        draft.Content.DedupeKey is not null && await references.FindRepeatAsync(draft, ct) is { } stored
            ? new Judged(draft) { Repeat = new Appended(draft.ToEntry(stored), Duplicate: true) }
            : null;
}
