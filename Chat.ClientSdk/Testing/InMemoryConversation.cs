using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>One conversation of the double. Whoever touches it holds the world's gate.</summary>
internal sealed class InMemoryConversation(
    ConversationId id, ConversationKind kind, string? title, DateTimeOffset createdAt)
{
    private DateTimeOffset _goneUntil = DateTimeOffset.MinValue;

    public ConversationId Id => id;

    public ConversationKind Kind => kind;

    public List<ConversationEntry> Log { get; } = [];

    public long Head => Log.Count;

    public Dictionary<UserId, Member> Members { get; } = [];

    /// <summary>What was sent with a dedupe key.</summary>
    public Dictionary<(UserId, string), MessageEntry> Sent { get; } = [];

    public HashSet<InMemoryConnection> Joined { get; } = [];

    /// <summary>Who asked for presence and is told of changes.</summary>
    public HashSet<InMemoryConnection> Watching { get; } = [];

    /// <summary>Those who type.</summary>
    public Dictionary<UserId, Typist> Typists { get; } = [];

    /// <summary>In lists.</summary>
    public ListCursor Place => new(Log.Count > 0 ? Log[^1].CreatedAt : createdAt, id);

    public bool MayRead(UserId user) => kind == ConversationKind.Public || Members.ContainsKey(user);

    /// <summary>Puts the next entry into the log and shows it to those who joined.</summary>
    public T Append<T>(DateTimeOffset now, T draft) where T : ConversationEntry
    {
        var entry = draft with { Sequence = Head + 1, CreatedAt = NextTime(now) };
        Log.Add(entry);
        foreach (var connection in Joined) Show(connection, entry);
        return (T)entry;
    }

    /// <summary>Forgets what is after the sequence. Time goes on: what comes is later than what is gone.</summary>
    public void CutAfter(long sequence)
    {
        if (sequence >= Head) return;
        _goneUntil = Log[^1].CreatedAt;
        Log.RemoveRange((int)sequence, Log.Count - (int)sequence);
        foreach (var (key, message) in Sent.ToArray())
            if (message.Sequence > sequence) Sent.Remove(key);
        foreach (var member in Members.Values) member.LastRead = Math.Min(member.LastRead, sequence);
    }

    public static void Show(InMemoryConnection connection, ConversationEntry entry) =>
        connection.Push(new Push.Entry(entry));

    public ConversationSummary Summarize(UserId user) => new()
    {
        Id = id, Kind = kind, Title = title, CreatedAt = createdAt, LastSequence = Head,
        LastEntry = EntryPreview.Of(Log.Count > 0 ? Log[^1] : null, out var isCut), IsLastEntryCut = isCut,
        LastReadSequence = Members.GetValueOrDefault(user)?.LastRead ?? 0,
        IsMuted = Members.GetValueOrDefault(user)?.IsMuted ?? false, Cursor = Place.ToString(),
    };

    private DateTimeOffset NextTime(DateTimeOffset now)
    {
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var last = Log.Count > 0 && Log[^1].CreatedAt > _goneUntil ? Log[^1].CreatedAt : _goneUntil;
        return now <= last ? last.AddMicroseconds(1) : now;
    }

    /// <summary>One who types.</summary>
    /// <param name="Expiry">Ends it.</param>
    /// <param name="SaidAt">When it was last passed on, as a timestamp of the clock.</param>
    internal readonly record struct Typist(ITimer Expiry, long SaidAt);

    /// <summary>One who takes part.</summary>
    internal sealed class Member
    {
        public bool IsOwner { get; init; }

        public long LastRead { get; set; }

        public bool IsMuted { get; set; }
    }
}
