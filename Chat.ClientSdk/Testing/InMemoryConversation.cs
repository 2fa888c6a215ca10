using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>One conversation of the in-memory server. Guarded by the world's gate.</summary>
internal sealed class InMemoryConversation(
    ConversationId id, ConversationKind kind, string? title, DateTimeOffset createdAt)
{
    private DateTimeOffset _goneUntil = DateTimeOffset.MinValue;

    public ConversationId Id => id;

    public ConversationKind Kind => kind;

    public List<ConversationEntry> Log { get; } = [];

    public long Head => Log.Count;

    public Dictionary<UserId, Member> Members { get; } = [];

    /// <summary>The messages with a dedupe key.</summary>
    public Dictionary<(UserId, string), MessageEntry> Sent { get; } = [];

    public HashSet<InMemoryConnection> Joined { get; } = [];

    /// <summary>Connections that watch presence.</summary>
    public HashSet<InMemoryConnection> Watching { get; } = [];

    /// <summary>Users who are typing.</summary>
    public Dictionary<UserId, Typist> Typists { get; } = [];

    /// <summary>Its entry in lists.</summary>
    public ListCursor Place => new(Log.Count > 0 ? Log[^1].CreatedAt : createdAt, id);

    public bool MayRead(UserId user) => kind == ConversationKind.Public || Members.ContainsKey(user);

    /// <summary>Appends the next entry to the log and pushes it to the joined connections.</summary>
    public T Append<T>(DateTimeOffset now, T draft) where T : ConversationEntry
    {
        var entry = draft with { Sequence = Head + 1, CreatedAt = NextTime(now) };
        Log.Add(entry);
        foreach (var connection in Joined) Show(connection, entry);
        return (T)entry;
    }

    /// <summary>Removes the entries after the sequence. Time goes on: new entries are later than the removed
    /// ones.</summary>
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

    /// <summary>A user who is typing.</summary>
    /// <param name="Expiry">Ends it.</param>
    /// <param name="SaidAt">When it was last pushed, as a timestamp of the clock.</param>
    internal readonly record struct Typist(ITimer Expiry, long SaidAt);

    /// <summary>A participant.</summary>
    internal sealed class Member
    {
        public bool IsOwner { get; init; }

        public long LastRead { get; set; }

        public bool IsMuted { get; set; }
    }
}
