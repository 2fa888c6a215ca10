using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Memory;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core.MessageLog;

/// <summary>A draft in a lane, and who waits for it.</summary>
/// <param name="draft">What to store.</param>
/// <param name="memory">Counts its size until it has ended.</param>
/// <param name="end">Is told how it ended; null: <see cref="Completion"/> tells it.</param>
/// <param name="after">An append that this one must not overtake: if that one could not be stored, this one is not
/// stored either. Null for none.</param>
/// <param name="since">The timestamp at which it came.</param>
internal sealed class PendingAppend(
    Draft draft, MemoryPart memory, IAppendEnd? end = null, Task? after = null, long since = 0)
{
    private readonly TaskCompletionSource<Appended>? _completion =
        end is null ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;

    private readonly IAppendEnd? _end = end;
    private readonly long _weight = draft.Weight;
    private bool _hasRoom;
    private bool _hasEnded;
    private Action<PendingAppend>? _ended;
    private List<PendingAppend>? _followers;

    public Draft Draft { get; } = draft;

    /// <summary>The timestamp at which it came.</summary>
    public long Since => since;

    /// <summary>Since when it waits for a locked conversation; null while it does not.</summary>
    public long? HeldSince { get; set; }

    /// <summary>Completes when the entry is durable, or with a <see cref="ChatException"/>. There is none where an
    /// end is told.</summary>
    public Task<Appended> Completion => _completion!.Task;

    /// <summary>It has been answered.</summary>
    public bool HasEnded => Volatile.Read(ref _hasEnded);

    /// <summary>The append that it must not overtake was not stored and will be retried.</summary>
    public bool IsHeldUp =>
        after?.Exception?.InnerException is ChatException { Code: ChatErrorCode.InternalError };

    /// <summary>The identity of the message; null without a dedupe key.</summary>
    public (ConversationId, UserId, string)? Identity =>
        Draft.Content.DedupeKey is { } key ? (Draft.ConversationId, Draft.SenderId, key) : null;

    /// <summary>Whether the other one is of the same kind and about the same message: one key may stand for
    /// both.</summary>
    public bool IsLike(PendingAppend other) => Draft.Content.Kind == other.Draft.Content.Kind
        && Draft.Content.TargetSequence == other.Draft.Content.TargetSequence;

    /// <summary>Whether it sets reactions that need not make an entry.</summary>
    public bool MayBeQuiet => Draft is { Reaction.Keys: not null, NeedsLevel: null };

    /// <summary>Whether it tells reactions that were stored before.</summary>
    public bool IsTell => Draft.Reaction is { Keys: null };

    /// <summary>What these appends store: the last one's second entry is the last of all.</summary>
    public static List<Draft> DraftsOf(List<PendingAppend> batch)
    {
        var drafts = batch.ConvertAll(static append => append.Draft);
        if (drafts[^1].Next is { } next) drafts.Add(next);
        return drafts;
    }

    /// <summary>Reserves memory; false when there is none now.</summary>
    public bool TryTakeRoom() => _hasRoom = memory.TryTake(_weight);

    /// <summary>Waits for memory, unless it was reserved.</summary>
    public async ValueTask TakeRoomAsync(CancellationToken ct)
    {
        if (_hasRoom) return;
        await memory.TakeAsync(_weight, Draft.SenderId.Value, ct);
        _hasRoom = true;
    }

    /// <summary>Releases the memory: the draft has ended, or is not stored.</summary>
    public void ReturnRoom()
    {
        if (Interlocked.Exchange(ref _hasRoom, false)) memory.Return(_weight);
    }

    /// <summary>Has this called once it has ended; null: nothing. To be set before it can end.</summary>
    public void OnEnd(Action<PendingAppend>? ended) => _ended = ended;

    public void Complete(in Appended appended)
    {
        ReturnRoom();
        if (!Interlocked.Exchange(ref _hasEnded, true))
        {
            if (_end is null) _completion!.TrySetResult(appended);
            else _end.Stored(appended);
        }
        Interlocked.Exchange(ref _ended, null)?.Invoke(this);
        if (_followers is null) return;
        foreach (var follower in TakeFollowers()) follower.Complete(appended with { Duplicate = true });
    }

    public void Fail(ChatException refusal)
    {
        ReturnRoom();
        if (!Interlocked.Exchange(ref _hasEnded, true))
        {
            if (_end is null) _completion!.TrySetException(refusal);
            else _end.Refused(refusal, Draft.Content.DedupeKey);
        }
        Interlocked.Exchange(ref _ended, null)?.Invoke(this);
        if (_followers is null) return;
        foreach (var follower in TakeFollowers()) follower.Fail(refusal);
    }

    /// <summary>The same message came again before the first was stored: it gets the outcome of the first, which is
    /// about to be stored.</summary>
    public void Follow(PendingAppend first) => (first._followers ??= []).Add(this);

    private List<PendingAppend> TakeFollowers() => Interlocked.Exchange(ref _followers, null) ?? [];
}
