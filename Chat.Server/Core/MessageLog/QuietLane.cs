using Chat.Contracts.Identifiers;
using Chat.Server.Concurrency;

namespace Chat.Server.Core.MessageLog;

/// <summary>Beside a lane: stores reactions that an entry tells later anyway, and tells them, so that nobody who sends
/// waits for them.</summary>
/// <remarks>What its senders do meanwhile in the same conversation comes here too, whatever it is: it must not overtake
/// their reactions.</remarks>
internal sealed class QuietLane
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(ConversationId, UserId), int> _waiting = []; // how much of whom is here
    private readonly AppendLane _lane;
    private readonly QuietMessages _messages;
    private readonly Action<PendingAppend> _forget;

    /// <param name="lane">Which it is.</param>
    /// <param name="messages">Which reactions are for it.</param>
    public QuietLane(AppendLane lane, QuietMessages messages) =>
        (_lane, _messages, _forget) = (lane, messages, append => Add(KeyOf(append), -1));

    /// <summary>Takes it if it is for this lane; false: it is not, or there is no room. Nothing of its sender may wait
    /// in the other lane.</summary>
    public bool TryTake(PendingAppend append) => IsQuiet(append) && TryMove(append);

    /// <summary>Takes what is for it.</summary>
    /// <param name="taken">A batch of the other lane, in order.</param>
    /// <param name="isOpen">Whether more than what belongs behind other drafts here may be taken.</param>
    /// <returns>The rest.</returns>
    public async ValueTask<List<PendingAppend>> TakeAsync(List<PendingAppend> taken, bool isOpen)
    {
        if (!HasWaiting && !taken.Exists(IsQuiet)) return taken;
        var kept = new List<PendingAppend>(taken.Count);
        var senders = new HashSet<(ConversationId, UserId)>(); // of what is kept: none of theirs may overtake it
        foreach (var append in taken)
        {
            if (IsWaiting(append)) await MoveAsync(append);
            else if (!isOpen || !IsQuiet(append) || senders.Contains(KeyOf(append)) || !TryMove(append))
            {
                kept.Add(append);
                senders.Add(KeyOf(append));
            }
        }
        return kept;
    }

    private static (ConversationId, UserId) KeyOf(PendingAppend append) =>
        (append.Draft.ConversationId, append.Draft.SenderId);

    private bool IsQuiet(PendingAppend append) => append.IsTell || append.MayBeQuiet
        && _messages.Contains(append.Draft.ConversationId, append.Draft.Content.TargetSequence ?? 0);

    private bool HasWaiting
    {
        get
        {
            lock (_gate) return _waiting.Count > 0;
        }
    }

    private bool IsWaiting(PendingAppend append)
    {
        lock (_gate) return _waiting.Count > 0 && _waiting.ContainsKey(KeyOf(append));
    }

    /// <returns>False: there is no room.</returns>
    private bool TryMove(PendingAppend append)
    {
        Add(KeyOf(append), 1);
        append.OnEnd(_forget);
        if (_lane.TryAddMoved(append)) return true;
        append.OnEnd(null);
        _forget(append);
        return false;
    }

    /// <summary>Waits for room: the lane works, and each of its commits is bounded.</summary>
    private ValueTask MoveAsync(PendingAppend append)
    {
        Add(KeyOf(append), 1);
        append.OnEnd(_forget);
        return _lane.AddMovedAsync(append);
    }

    private void Add((ConversationId, UserId) key, int change)
    {
        lock (_gate)
        {
            var count = _waiting.GetValueOrDefault(key) + change;
            if (count == 0) _waiting.Remove(key);
            else _waiting[key] = count;
        }
    }
}
