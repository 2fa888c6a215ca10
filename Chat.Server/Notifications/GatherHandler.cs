using Chat.Server.Concurrency;
using Chat.Server.Persistence;
using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>Tells of what has gathered, for all conversations that are due together: each alone would cost several
/// statements and a commit.</summary>
internal sealed class GatherHandler : ITaskHandler<GatherTask>
{
    /// <summary>Conversations in one transaction.</summary>
    public const int Together = 256;

    private readonly NoticeGatherer _gatherer;
    private readonly Gathered<Gathering, Dictionary<Gathering, Exception>> _due;

    public GatherHandler(NoticeGatherer gatherer, TimeProvider time) =>
        (_gatherer, _due) = (gatherer, new(GatherAsync, Together, time));

    public async Task HandleAsync(GatherTask payload, TaskRun run, CancellationToken ct)
    {
        var one = new Gathering(run.Id, payload.Conversation, payload.After);
        if ((await _due.AskAsync(one, ct)).GetValueOrDefault(one) is { } failure)
            throw new InvalidOperationException($"its notices cannot be made: {failure.Message}", failure);
    }

    /// <returns>Those that failed. One that does must not fail the others.</returns>
    private async Task<Dictionary<Gathering, Exception>> GatherAsync(IReadOnlyCollection<Gathering> all)
    {
        var failed = new Dictionary<Gathering, Exception>();
        try
        {
            await _gatherer.GatherAsync([.. all], CancellationToken.None);
        }
        catch (Exception e) when (e is not StoreException { Failure: not StoreFailure.Rejected } && all.Count > 1)
        {
            foreach (var one in all)
                if (await TryAsync(one) is { } failure) failed.Add(one, failure);
        }
        return failed;
    }

    private async Task<Exception?> TryAsync(Gathering one)
    {
        try
        {
            await _gatherer.GatherAsync([one], CancellationToken.None);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
