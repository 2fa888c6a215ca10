using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Memory;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core.MessageLog;

/// <summary>A draft on its way through a lane, and the caller that waits for it.</summary>
/// <param name="draft">What to store.</param>
/// <param name="memory">Counts what it holds until it has ended.</param>
/// <param name="continueOnLane">True when the caller does next to nothing on success, so that the lane itself may
/// run it: that spares a hop per message.</param>
/// <param name="after">What this one must not overtake: it is not stored when that could not be. Null for
/// nothing.</param>
internal sealed class PendingAppend(
    Draft draft, MemoryPart memory, bool continueOnLane, Task? after = null)
{
    private readonly TaskCompletionSource<Appended> _completion =
        new(continueOnLane ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly long _weight = draft.Weight;
    private bool _hasRoom;

    public Draft Draft { get; } = draft;

    /// <summary>Since when it waits for a conversation that somebody else has locked; null while it does not.</summary>
    public long? HeldSince { get; set; }

    /// <summary>Ends when the entry is durable, or with a <see cref="ChatException"/>.</summary>
    public Task<Appended> Completion => _completion.Task;

    /// <summary>What it must not overtake was not stored, and will be tried again.</summary>
    public bool IsHeldUp =>
        after?.Exception?.InnerException is ChatException { Code: ChatErrorCode.InternalError };

    /// <summary>What makes two drafts the same message; null without a dedupe key.</summary>
    public (ConversationId, UserId, string)? Identity =>
        Draft.Content.DedupeKey is { } key ? (Draft.ConversationId, Draft.SenderId, key) : null;

    /// <summary>Takes room in memory; false when there is none now.</summary>
    public bool TryTakeRoom() => _hasRoom = memory.TryTake(_weight);

    /// <summary>Waits for room in memory, unless it was taken.</summary>
    public async ValueTask TakeRoomAsync(CancellationToken ct)
    {
        if (_hasRoom) return;
        await memory.TakeAsync(_weight, Draft.SenderId.Value, ct);
        _hasRoom = true;
    }

    /// <summary>Gives it back: the draft has ended, or is not stored.</summary>
    public void ReturnRoom()
    {
        if (Interlocked.Exchange(ref _hasRoom, false)) memory.Return(_weight);
    }

    public void Complete(Appended appended)
    {
        ReturnRoom();
        _completion.TrySetResult(appended);
    }

    public void Fail(ChatException refusal)
    {
        ReturnRoom();
        _completion.TrySetException(refusal);
    }

    /// <summary>The same message came a second time before the first was stored: it gets the first one's
    /// outcome.</summary>
    public void Follow(PendingAppend first) =>
        first.Completion.ContinueWith(
            static (done, self) =>
            {
                var follower = (PendingAppend)self!;
                if (done.IsCompletedSuccessfully) follower.Complete(done.Result with { Duplicate = true });
                else follower.Fail((ChatException)done.Exception!.InnerException!);
            },
            this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
