using Chat.ClientSdk.Connection;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>One conversation of the in-memory server. Guarded by the world's gate.</summary>
internal sealed class InMemoryConversation(
    ConversationId id, ConversationKind kind, string? title, DateTimeOffset createdAt)
{
    private const int MostCounted = 99;

    private DateTimeOffset _goneUntil = DateTimeOffset.MinValue;

    public ConversationId Id => id;

    public ConversationKind Kind => kind;

    public List<ConversationEntry> Log { get; } = [];

    public long Head => Log.Count;

    public Dictionary<UserId, Member> Members { get; } = [];

    /// <summary>The entries with a dedupe key.</summary>
    public Dictionary<(UserId, string), ConversationEntry> Sent { get; } = [];

    public HashSet<InMemoryConnection> Joined { get; } = [];

    /// <summary>Who follows a thread, or follows it no longer.</summary>
    public Dictionary<(UserId, long Thread), Follow> Follows { get; } = [];

    /// <summary>Pinned messages, with the entries that pinned them.</summary>
    public Dictionary<long, PinnedEntry> Pins { get; } = [];

    /// <summary>Who has put which reactions to messages.</summary>
    public InMemoryReactions Reactions { get; } = new();

    /// <summary>Whom messages name, of those who took part then.</summary>
    public List<(UserId User, long Message)> Mentions { get; } = [];

    /// <summary>Connections that watch presence.</summary>
    public HashSet<InMemoryConnection> Watching { get; } = [];

    /// <summary>Users who are typing.</summary>
    public Dictionary<UserId, Typist> Typists { get; } = [];

    /// <summary>Its entry in lists.</summary>
    public ListCursor Place => new(LastShown?.CreatedAt ?? createdAt, id);

    private ConversationEntry? LastShown => Log.FindLast(ShownRules.IsShown);

    /// <summary>Who was removed by others, or is banned.</summary>
    public Dictionary<UserId, Terms> Out { get; } = [];

    /// <summary>When users sent last, in slow mode.</summary>
    public Dictionary<UserId, DateTimeOffset> SentAt { get; } = [];

    /// <summary>Title and settings, with nothing in them that is null.</summary>
    public ChangeConversation Settings { get; set; } = new()
    {
        Title = title ?? "", Topic = "", AvatarUrl = "", IsArchived = false, SlowModeSeconds = 0,
    };

    public string? Title => OrNull(Settings.Title);

    public bool IsArchived => Settings.IsArchived == true;

    public int SlowModeSeconds => Settings.SlowModeSeconds ?? 0;

    /// <summary>The owners; where nobody was made one, the longest member.</summary>
    public IReadOnlyList<UserId> Owners
    {
        get
        {
            if (kind != ConversationKind.Group) return [];
            var owners = Members.Where(one => one.Value.Role == ParticipantRole.Owner).Select(one => one.Key).ToList();
            if (owners.Count > 0) return owners;
            return Longest(role => role is ParticipantRole.Member or ParticipantRole.Moderator) is { } longest
                ? [longest]
                : [];
        }
    }

    /// <summary>The role that holds now; null for one who takes no part.</summary>
    public ParticipantRole? RoleOf(UserId user, DateTimeOffset now)
    {
        if (Out.TryGetValue(user, out var terms) && terms.HoldsAt(now)) return ParticipantRole.Blocked;
        if (!Members.TryGetValue(user, out var member)) return null;
        if (Owners.Contains(user)) return ParticipantRole.Owner;
        return member.Role == ParticipantRole.Readonly && !member.Terms!.HoldsAt(now)
            ? ParticipantRole.Member
            : member.Role;
    }

    /// <summary>The participant with such a role who has been there for longest.</summary>
    public UserId? Longest(Func<ParticipantRole, bool> isWanted, UserId? except = null)
    {
        var found = Members.Where(one => isWanted(one.Value.Role) && one.Key != except)
            .OrderBy(one => one.Value.JoinedAt).ThenBy(one => one.Key).Select(one => (UserId?)one.Key);
        return found.FirstOrDefault();
    }

    /// <summary>Appends the next entry to the log and pushes it to the joined connections.</summary>
    public T Append<T>(DateTimeOffset now, T draft) where T : ConversationEntry
    {
        var entry = draft with { Sequence = Head + 1, CreatedAt = NextTime(now) };
        Log.Add(entry);
        foreach (var connection in Joined) Show(connection, entry);
        return (T)entry;
    }

    /// <summary>The message of this sequence; null: there is none.</summary>
    public MessageEntry? MessageAt(long sequence) =>
        sequence >= 1 && sequence <= Head ? Log[(int)sequence - 1] as MessageEntry : null;

    /// <summary>A message, its edits and its deletion.</summary>
    public IEnumerable<ConversationEntry> VersionsOf(long message) =>
        Log.Where(entry => (entry is MessageEntry ? entry.Sequence : TargetOf(entry)) == message);

    /// <summary>Takes the content out of a message and its edits.</summary>
    public void Erase(long message)
    {
        for (var i = 0; i < Log.Count; i++)
            if (Erasure.Concerns(Log[i], message)) Log[i] = Erasure.Of(Log[i]);
    }

    /// <summary>Appends an erasure, and takes the content that it concerns.</summary>
    public void Erase(DateTimeOffset now, ContentErasedEntry draft)
    {
        var erasure = draft with { Sequence = Head + 1 };
        for (var i = 0; i < Log.Count; i++)
            if (Erasure.Concerns(Log[i], erasure)) Log[i] = Erasure.Of(Log[i]);
        Mentions.RemoveAll(mention => MessageAt(mention.Message) is { Erased: true });
        foreach (var message in Pins.Keys.Where(message => MessageAt(message) is { Erased: true }).ToArray())
            Pins.Remove(message);
        Reactions.DropErased(Log);
        Append(now, draft);
    }

    /// <summary>Removes the entries after the sequence. Time goes on: new entries are later than the removed
    /// ones.</summary>
    public void CutAfter(long sequence)
    {
        if (sequence >= Head) return;
        _goneUntil = Log[^1].CreatedAt;
        Log.RemoveRange((int)sequence, Log.Count - (int)sequence);
        foreach (var (key, entry) in Sent.ToArray())
            if (entry.Sequence > sequence) Sent.Remove(key);
        Mentions.RemoveAll(mention => mention.Message > sequence);
        Reactions.Rebuild(Log);
        foreach (var (message, pin) in Pins.ToArray())
            if (pin.Sequence > sequence) Pins.Remove(message);
        foreach (var (whose, follow) in Follows.ToArray())
            if (whose.Thread > sequence) Follows.Remove(whose);
            else follow.LastRead = Math.Min(follow.LastRead, sequence);
        foreach (var member in Members.Values) member.LastRead = Math.Min(member.LastRead, sequence);
    }

    public static void Show(InMemoryConnection connection, ConversationEntry entry) =>
        connection.Push(new Push.Entry(entry));

    public ConversationSummary Summarize(UserId user) => new()
    {
        Id = id, Kind = kind, Title = Title, CreatedAt = createdAt, LastSequence = Head,
        LastEntry = EntryPreview.Of(NowOf(LastShown), out var isCut), IsLastEntryCut = isCut,
        LastReadSequence = Members.GetValueOrDefault(user)?.LastRead ?? 0,
        Topic = OrNull(Settings.Topic), AvatarUrl = OrNull(Settings.AvatarUrl), IsArchived = IsArchived,
        IsMuted = Members.GetValueOrDefault(user)?.IsMuted ?? false, Cursor = Place.ToString(),
        UnreadFrom = Members.GetValueOrDefault(user)?.UnreadFrom, Unread = UnreadOf(user),
    };

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>A message as it is now; another entry as it is.</summary>
    public ConversationEntry? NowOf(ConversationEntry? entry) => entry is MessageEntry message
        ? MessageFold.Of(message, Log.FindLast(change => TargetOf(change) == message.Sequence))
        : entry;

    /// <summary>The entries that a page of this view is made of.</summary>
    public IEnumerable<ConversationEntry> Seen(HistoryView view, long thread) => view switch
    {
        HistoryView.Log => Log,
        HistoryView.Main => Log.Where(ShownRules.IsShown),
        _ => Log.Where(entry => entry is MessageEntry message && message.Thread == thread),
    };

    /// <summary>What has become of a message; null: nothing.</summary>
    /// <param name="message">As it was sent.</param>
    /// <param name="reader">Who asks.</param>
    public CurrentMessage? CurrentOf(MessageEntry message, UserId reader)
    {
        var change = Log.FindLast(entry => TargetOf(entry) == message.Sequence);
        var replies = Log.OfType<MessageEntry>().Where(reply => reply.Thread == message.Sequence).ToList();
        var isPinned = Pins.ContainsKey(message.Sequence);
        var (counts, mine) = (Reactions.Counts(message.Sequence), Reactions.Of(message.Sequence, reader));
        if (change is null && replies.Count == 0 && !isPinned && counts.Count == 0) return null;
        var changed = change is null ? null : MessageFold.Of(message, change);
        return new CurrentMessage
        {
            Sequence = message.Sequence, Version = change?.Sequence ?? message.Sequence, Body = changed?.Body,
            AttachmentUrl = changed?.AttachmentUrl, AttachmentMeta = changed?.AttachmentMeta,
            Attachments = changed?.Attachments, Mentions = changed?.Mentions,
            Deleted = change is MessageDeletedEntry, Pinned = isPinned, Counts = counts, Mine = mine,
            Replies = replies.Count == 0
                ? null
                : new ThreadReplies(replies.Count(reply => !reply.Erased), replies[^1].Sequence),
        };
    }

    /// <summary>So many are unread, as far as that is told.</summary>
    public static Unread Counted(int unread) => new(Math.Min(unread, MostCounted), unread > MostCounted);

    /// <summary>Of an edit or a deletion, the message.</summary>
    private static long? TargetOf(ConversationEntry entry) => entry switch
    {
        MessageEditedEntry edited => edited.TargetSequence,
        MessageDeletedEntry deleted => deleted.TargetSequence,
        _ => null,
    };

    private Unread UnreadOf(UserId user)
    {
        if (!Members.TryGetValue(user, out var member) || (kind == ConversationKind.Public && member.LastRead == 0))
            return Unread.None;
        var position = Math.Min(member.LastRead, member.UnreadFrom ?? long.MaxValue);
        var count = Log.Skip((int)position).OfType<MessageEntry>().Count(message =>
            ShownRules.IsShown(message) && message.SenderId != user
            && (message.Body is not null || message.AttachmentUrl is not null));
        return Counted(count);
    }

    private DateTimeOffset NextTime(DateTimeOffset now)
    {
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var last = Log.Count > 0 && Log[^1].CreatedAt > _goneUntil ? Log[^1].CreatedAt : _goneUntil;
        return now <= last ? last.AddMicroseconds(1) : now;
    }

    /// <summary>A user who is typing.</summary>
    /// <param name="Expiry">Ends it.</param>
    /// <param name="SaidAt">When it was last pushed, as a timestamp of the clock.</param>
    internal readonly record struct Typist(ITimer Expiry, long SaidAt);

    /// <summary>What goes with a ban, a mute or a removal.</summary>
    /// <param name="Until">When it ends; null: never.</param>
    /// <param name="Reason">Why; empty: no reason.</param>
    internal sealed record Terms(DateTimeOffset? Until, string Reason)
    {
        public bool HoldsAt(DateTimeOffset now) => Until is not { } end || end > now;
    }

    /// <summary>A user's position in a thread.</summary>
    internal sealed class Follow
    {
        public bool IsFollowing { get; set; }

        public long LastRead { get; set; }

        public long? UnreadFrom { get; set; }
    }

    /// <summary>A participant.</summary>
    internal sealed class Member
    {
        public ParticipantRole Role { get; set; }

        /// <summary>Of one who is muted.</summary>
        public Terms? Terms { get; set; }

        public DateTimeOffset JoinedAt { get; init; }

        public long LastRead { get; set; }

        public long? UnreadFrom { get; set; }

        public bool IsMuted { get; set; }
    }
}
