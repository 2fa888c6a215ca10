using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>Writes the log, on the session that writes.</summary>
internal sealed class SqliteMessageWriter
{
    private static readonly SqliteColumn[] Columns = Array.ConvertAll(EntryColumns.Written, SqliteColumn.Of);

    private readonly SqliteWriter _session;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _duplicate;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _advance;
    private readonly SqliteCommand _readIds;
    private readonly SqliteMembership _membership;
    private readonly SqliteThreads _threads;
    private readonly SqliteAmendments _amendments;
    private readonly SqliteContentErasure _erasure;
    private readonly SqliteReactions _reactions;
    private readonly Dictionary<ConversationId, SqliteHead> _heads = [];

    public SqliteMessageWriter(SqliteWriter session)
    {
        _session = session;
        _membership = new SqliteMembership(session);
        _threads = new SqliteThreads(session);
        _amendments = new SqliteAmendments(session);
        _erasure = new SqliteContentErasure(session);
        _reactions = new SqliteReactions(session);
        _find = session.Prepare(SqliteSql.FindConversation, ("$conversation", SqliteType.Blob));
        _duplicate = session.Prepare(SqliteSql.FindDuplicate, ("$conversation", SqliteType.Blob),
            ("$sender", SqliteType.Text), ("$key", SqliteType.Text));
        _insert = session.Prepare(SqliteSql.Insert,
        [
            ("$conversation", SqliteType.Blob), ("$sequence", SqliteType.Integer), ("$time", SqliteType.Integer),
            ("$key", SqliteType.Text), ("$shown_before", SqliteType.Integer),
            .. Array.ConvertAll(Columns, static column => column.Parameter),
        ]);
        _advance = session.Prepare(SqliteSql.Advance, ("$sequence", SqliteType.Integer), ("$time", SqliteType.Integer),
            ("$shown", SqliteType.Integer), ("$shown_at", SqliteType.Integer), ("$conversation", SqliteType.Blob));
        _readIds = session.Prepare(SqliteSql.ReadIdsBack, ("$conversation", SqliteType.Blob));
    }

    /// <summary>One transaction.</summary>
    public CommitOutcome[] Commit(IReadOnlyList<Draft> drafts, DateTimeOffset now)
    {
        var outcomes = new CommitOutcome[drafts.Count];
        var time = Microseconds.ToUnix(now);
        _heads.Clear();
        _session.Begin();
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = i > 0 && ReferenceEquals(drafts[i - 1].Next, drafts[i])
                && outcomes[i - 1].Status != CommitStatus.Stored ? outcomes[i - 1] : Append(drafts[i], time);
        foreach (var head in _heads.Values)
            if (head.Moved) Advance(head);
        _session.Commit();
        return outcomes;
    }

    /// <summary>Which of the drafts are stored; nobody else commits meanwhile. Times rise with sequences, so it ends at
    /// an entry from before the drafts were made.</summary>
    public CommitOutcome?[] Find(IReadOnlyList<Draft> drafts)
    {
        var found = new CommitOutcome?[drafts.Count];
        var oldest = Microseconds.ToUnix(DraftAge.NotStoredBefore(drafts));
        _session.Begin();
        foreach (var group in drafts.Select((draft, index) => (draft, index)).GroupBy(d => d.draft.ConversationId))
        {
            var wanted = group.ToDictionary(d => d.draft.Id, d => d.index);
            _readIds.Parameters[0].Value = group.Key.Value.ToByteArray(true);
            using var reader = _readIds.ExecuteReader();
            while (wanted.Count > 0 && reader.Read() && reader.GetInt64(2) >= oldest)
            {
                var id = new MessageId(new Guid((byte[])reader.GetValue(0), true));
                if (wanted.Remove(id, out var index))
                    found[index] = new CommitOutcome(CommitStatus.Stored, id, reader.GetInt64(1),
                        Microseconds.FromUnix(reader.GetInt64(2)));
            }
        }
        _session.Commit();
        return found;
    }

    private CommitOutcome Append(Draft draft, long now)
    {
        if (HeadOf(draft.ConversationId) is not { } head)
            return new CommitOutcome(CommitStatus.NoConversation, draft.Id, 0, default);
        var key = draft.Content.DedupeKey;
        if (key is not null && FindDuplicate(head.Key, draft, key) is { } duplicate) return duplicate;
        if (IsRefused(draft, head, now)) return new CommitOutcome(CommitStatus.NotAllowed, draft.Id, 0, default);
        if (draft.Reaction is not null) return _reactions.Run(draft, head.Key, now, entry => Store(entry, head, now));
        if (draft.Content.IsAmendment && _amendments.Decide(draft, head.Key) is { } decided) return decided;
        if (draft.SlowSeconds > 0 && _membership.FindWait(draft, head.Key, now) is { } until)
            return new CommitOutcome(CommitStatus.TooSoon, draft.Id, 0, Microseconds.FromUnix(until));
        return Store(draft, head, now);
    }

    private CommitOutcome Store(Draft draft, SqliteHead head, long now)
    {
        var shownBefore = head.Next(now, draft.Content.IsShown);
        Insert(draft, head, shownBefore);
        _membership.Change(draft, head.Key, head.Sequence, now);
        _threads.Change(draft, head.Key, head.Sequence);
        if (draft.Content.IsAmendment) _amendments.Apply(draft, head.Key, head.Sequence);
        if (draft.Content.Kind == EntryKind.ContentErased) _erasure.Apply(draft, head.Key, head.Sequence);
        if (draft.Content.ChangesRights) head.RemovedSequence = head.Sequence;
        return new CommitOutcome(CommitStatus.Stored, draft.Id, head.Sequence, Microseconds.FromUnix(head.Time));
    }

    private SqliteHead? HeadOf(ConversationId conversation)
    {
        if (_heads.TryGetValue(conversation, out var head)) return head;
        var key = conversation.Value.ToByteArray(true);
        _find.Parameters[0].Value = key;
        using var reader = _find.ExecuteReader();
        if (!reader.Read()) return null;
        head = new SqliteHead(key, reader);
        _heads.Add(conversation, head);
        return head;
    }

    private CommitOutcome? FindDuplicate(byte[] conversation, Draft draft, string dedupeKey)
    {
        _duplicate.Parameters[0].Value = conversation;
        _duplicate.Parameters[1].Value = draft.SenderId.Value;
        _duplicate.Parameters[2].Value = dedupeKey;
        using var reader = _duplicate.ExecuteReader();
        if (!reader.Read()) return null;
        var id = new MessageId(new Guid((byte[])reader.GetValue(2), true));
        var isSame = reader.GetInt16(3) == (short)draft.Content.Kind
            && (reader.IsDBNull(4) ? (long?)null : reader.GetInt64(4)) == draft.Content.TargetSequence;
        return new CommitOutcome(isSame ? CommitStatus.Duplicate : CommitStatus.KeyTaken, id, reader.GetInt64(0),
            Microseconds.FromUnix(reader.GetInt64(1)));
    }

    private void Insert(Draft draft, SqliteHead head, long? shownBefore)
    {
        var values = _insert.Parameters;
        values[0].Value = head.Key;
        values[1].Value = head.Sequence;
        values[2].Value = head.Time;
        values[3].Value = (object?)draft.Content.DedupeKey ?? DBNull.Value;
        values[4].Value = (object?)shownBefore ?? DBNull.Value;
        for (var i = 0; i < Columns.Length; i++) values[i + 5].Value = Columns[i].ValueOf(draft);
        _insert.ExecuteNonQuery();
    }

    private void Advance(SqliteHead head)
    {
        _advance.Parameters[0].Value = head.Sequence;
        _advance.Parameters[1].Value = head.Time;
        _advance.Parameters[2].Value = head.ShownSequence;
        _advance.Parameters[3].Value = (object?)head.ShownTime ?? DBNull.Value;
        _advance.Parameters[4].Value = head.Key;
        _advance.ExecuteNonQuery();
    }

    private bool IsRefused(Draft draft, SqliteHead head, long now) =>
        (head.RemovedSequence > draft.AsOf && _membership.MayNotWrite(draft, head.Key, now))
        || (draft.RightsAsOf is { } asOf && _membership.HaveRightsChanged(head.Key, asOf));
}
