using Chat.Server.Callers;
using Chat.Server.Erasures.Store;
using Chat.Server.Tasks;

namespace Chat.Server.Erasures;

/// <summary>Erases what a user wrote: what is kept outside conversations first, then conversation by conversation.
/// Continues where an interrupted run was.</summary>
/// <remarks>All logs are looked through once, in the order in which they were written, in steps: a message has no
/// index by its sender, which every send would pay for. The first message that is found takes all of its conversation
/// with it.</remarks>
internal sealed class UserErasureHandler(
    UserErasureStore store, ContentEraser eraser, IEnumerable<IUserTraces> traces, ILogger<UserErasureHandler> logger)
    : ITaskHandler<UserErasureTask>
{
    private const int Step = 50_000;

    public async Task HandleAsync(UserErasureTask payload, TaskRun run, CancellationToken ct)
    {
        while (await store.FindAsync(payload.Id, ct) is { FinishedAt: null } erasure)
        {
            if (erasure.Position == 0)
                foreach (var trace in traces) await trace.ForgetAsync(new UserKey(erasure.Tenant, erasure.UserId), ct);
            if (erasure.Position >= erasure.Until)
            {
                await store.FinishAsync(erasure.Id, ct);
                ErasureLog.UserErased(logger, erasure.Id, erasure.Conversations, erasure.Messages);
                return;
            }
            await StepAsync(erasure, ct);
        }
    }

    private async Task StepAsync(UserErasureRow erasure, CancellationToken ct)
    {
        var upTo = Math.Min(erasure.Until, erasure.Position + Step);
        var (conversations, messages) = (0, 0L);
        foreach (var conversation in await store.FindConversationsAsync(erasure, upTo, ct))
        {
            var erased = await eraser.EraseAsync(
                new ErasureOrder(conversation, Through: null, erasure.UserId, $"user {erasure.Id:N}"), ct);
            if (erased > 0) conversations++;
            messages += erased;
        }
        // Where another instance has moved it, that one has done the same.
        await store.MoveAsync(erasure, upTo, conversations, messages, ct);
    }
}
