using Chat.Contracts.Entries;

namespace Chat.ClientSdk.Reading;

/// <summary>The newest known entries of one log: contiguous, bounded by number and size. Not thread-safe: its feed
/// locks.</summary>
internal sealed class EntryRing(long head, int capacity, long maxBytes)
{
    private const int EntryBytes = 200; // objects and identifiers besides the texts

    private ConversationEntry?[] _slots = [];
    private long _bytes;

    /// <summary>The newest sequence.</summary>
    public long Head { get; private set; } = head;

    /// <summary>The oldest sequence in memory; one above <see cref="Head"/> while it is empty.</summary>
    public long First { get; private set; } = head + 1;

    /// <summary>Adds the entry after <see cref="Head"/>. A later entry empties the ring first; an earlier one is
    /// dropped.</summary>
    /// <returns>True when the head moved.</returns>
    public bool Accept(ConversationEntry entry)
    {
        if (entry.Sequence <= Head) return false;
        if (entry.Sequence > Head + 1) MoveTo(entry.Sequence - 1);
        if (entry is MessageDeletedEntry deleted)
            Erase(deleted.TargetSequence, held => Erasure.Concerns(held, deleted.TargetSequence));
        else if (entry is ContentErasedEntry erasure) Erase(First, held => Erasure.Concerns(held, erasure));
        if (Head - First + 1 == _slots.Length) MakeRoom();
        Head = entry.Sequence;
        _slots[Head % _slots.Length] = entry;
        _bytes += Weigh(entry);
        while (_bytes > maxBytes && First < Head) DropFirst();
        return true;
    }

    /// <summary>Empties the ring, with this as the newest sequence.</summary>
    public void MoveTo(long head)
    {
        Array.Clear(_slots);
        (Head, First, _bytes) = (head, head + 1, 0);
    }

    /// <summary>At most this number of entries from a sequence on, which must be in memory.</summary>
    public ConversationEntry[] Take(long from, int most)
    {
        var taken = new ConversationEntry[(int)Math.Min(most, Head - from + 1)];
        for (var i = 0; i < taken.Length; i++) taken[i] = _slots[(from + i) % _slots.Length]!;
        return taken;
    }

    /// <summary>The content of deleted and erased messages and of their edits is kept nowhere.</summary>
    private void Erase(long from, Predicate<ConversationEntry> isGone)
    {
        for (var sequence = Math.Max(First, from); sequence <= Head; sequence++)
        {
            ref var slot = ref _slots[sequence % _slots.Length];
            if (!isGone(slot!)) continue;
            _bytes -= Weigh(slot!);
            slot = Erasure.Of(slot!);
            _bytes += Weigh(slot);
        }
    }

    private static long Weigh(ConversationEntry entry) => EntryBytes + sizeof(char) * (entry switch
    {
        MessageEntry message => (message.Body?.Length ?? 0L) + (message.AttachmentUrl?.Length ?? 0)
            + (message.AttachmentMeta?.Text.Length ?? 0) + Weigh(message.Mentions, message.Attachments),
        MessageEditedEntry edited => (edited.Body?.Length ?? 0L) + (edited.AttachmentUrl?.Length ?? 0)
            + (edited.AttachmentMeta?.Text.Length ?? 0) + Weigh(edited.Mentions, edited.Attachments),
        ConversationCreatedEntry created => 32L * created.ParticipantIds.Count,
        ParticipantsAddedEntry added => 32L * added.ParticipantIds.Count,
        _ => 0,
    });

    private static long Weigh(MessageMentions? mentions, IReadOnlyList<MessageAttachment>? attachments) =>
        32L * (mentions?.Users.Count ?? 0)
        + (attachments?.Sum(static one => 64L + one.Url.Length + (one.Meta?.Text.Length ?? 0)) ?? 0);

    private void MakeRoom()
    {
        if (_slots.Length == capacity)
        {
            DropFirst();
            return;
        }
        var larger = new ConversationEntry?[(int)Math.Min(Math.Max(8L, _slots.Length * 2L), capacity)];
        for (var sequence = First; sequence <= Head; sequence++)
            larger[sequence % larger.Length] = _slots[sequence % _slots.Length];
        _slots = larger;
    }

    private void DropFirst()
    {
        ref var slot = ref _slots[First % _slots.Length];
        _bytes -= Weigh(slot!);
        slot = null;
        First++;
    }
}
