using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Protocol;
using Chat.Server.Persistence.Entries;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>Sets and tells reactions, one draft after the other, on the session that writes.</summary>
internal sealed class SqliteReactions(SqliteWriter session)
{
    private readonly SqliteCommand _find = Prepare(session, SqliteReactionSql.Find, ("$user", SqliteType.Text));

    private readonly SqliteCommand _totals = Prepare(session, SqliteReactionSql.Totals);

    private readonly SqliteCommand _put = Prepare(session, SqliteReactionSql.Put, ("$user", SqliteType.Text),
        ("$keys", SqliteType.Text));

    private readonly SqliteCommand _take = Prepare(session, SqliteReactionSql.Take, ("$user", SqliteType.Text));

    private readonly SqliteCommand _count = Prepare(session, SqliteReactionSql.Count, ("$key", SqliteType.Text),
        ("$n", SqliteType.Integer));

    private readonly SqliteCommand _empty = Prepare(session, SqliteReactionSql.Empty, ("$key", SqliteType.Text));

    private readonly SqliteCommand _told = Prepare(session, SqliteReactionSql.NoteTold,
        ("$sequence", SqliteType.Integer), ("$time", SqliteType.Integer));

    private readonly SqliteCommand _untold = Prepare(session, SqliteReactionSql.NoteUntold,
        ("$time", SqliteType.Integer));

    /// <param name="draft">Sets or tells reactions; its sender may.</param>
    /// <param name="conversation">Where.</param>
    /// <param name="now">The time to store.</param>
    /// <param name="append">Appends the entry that tells them, and says where it is.</param>
    public CommitOutcome Run(Draft draft, byte[] conversation, long now, Func<Draft, CommitOutcome> append)
    {
        var (move, target) = (draft.Reaction!, draft.Content.TargetSequence ?? 0);
        if (Find(draft, conversation, target) is not { } known) return Of(CommitStatus.NoMessage, draft, now);
        if (known.IsGone) return Of(CommitStatus.Gone, draft, now);
        if (move.Keys is null ? !known.IsUntold || known.Told != move.Told : known.Keys.SequenceEqual(move.Keys))
            return Of(CommitStatus.Duplicate, draft, now) with { Sequence = known.IsUntold ? 0 : known.Told ?? 0 };
        var totals = Totals(conversation, target);
        if (move.Keys is { } keys && !TrySet(draft, conversation, known.Keys, keys, totals))
            return Of(CommitStatus.TooMany, draft, now);
        var dueAt = (known.ToldAt ?? long.MinValue / 2) + move.Interval.Ticks / TimeSpan.TicksPerMicrosecond;
        return move.Keys is null || dueAt <= now
            ? Tell(draft, conversation, totals, isNamed: move.Keys is not null && !known.IsUntold, append)
            : Mark(draft, conversation, now, known.Told ?? 0, dueAt);
    }

    private CommitOutcome Tell(
        Draft draft, byte[] conversation, Dictionary<string, long> totals, bool isNamed,
        Func<Draft, CommitOutcome> append)
    {
        var target = draft.Content.TargetSequence ?? 0;
        ReactionCount[] counts =
        [
            .. totals.Where(one => one.Value > 0).Select(one => new ReactionCount(one.Key, one.Value))
                .InOrder(),
        ];
        var content = EntryContent.ReactionsChanged(target, counts,
            isNamed ? [new ReactionChange(draft.SenderId, draft.Reaction!.Keys!)] : null);
        var outcome = append(draft with { Content = content });
        Run(_told, conversation, target, outcome.Sequence, Microseconds.ToUnix(outcome.CreatedAt));
        return outcome with { Reactions = new ReactionOutcome { Told = content.Payload, IsNamed = isNamed } };
    }

    private CommitOutcome Mark(Draft draft, byte[] conversation, long now, long told, long dueAt)
    {
        var target = draft.Content.TargetSequence ?? 0;
        Run(_untold, conversation, target, now);
        return Of(CommitStatus.Stored, draft, now) with
        {
            Reactions = new ReactionOutcome
            {
                Untold = new ReactionMark(
                    draft.ConversationId, target, told, draft.SenderId, Microseconds.FromUnix(dueAt)),
            },
        };
    }

    /// <summary>False, and nothing is changed, where the message would have too many reactions.</summary>
    private bool TrySet(
        Draft draft, byte[] conversation, string[] had, IReadOnlyList<string> keys, Dictionary<string, long> totals)
    {
        var moved = had.Concat(keys).Distinct(StringComparer.Ordinal)
            .Select(key => (Key: key, By: (keys.Contains(key) ? 1 : 0) - (had.Contains(key) ? 1 : 0)))
            .Where(one => one.By != 0).ToList();
        var isAdding = moved.Exists(one => !totals.ContainsKey(one.Key));
        foreach (var (key, by) in moved) totals[key] = totals.GetValueOrDefault(key) + by;
        if (isAdding && totals.Count(one => one.Value > 0) > ChatLimits.ReactionsPerMessage) return false;
        var target = draft.Content.TargetSequence ?? 0;
        if (keys.Count == 0) Run(_take, conversation, target, draft.SenderId.Value);
        else
            Run(_put, conversation, target, draft.SenderId.Value,
                JsonSerializer.Serialize([.. keys], EntryPayloadJson.Default.StringArray));
        foreach (var (key, _) in moved)
            if (totals[key] > 0) Run(_count, conversation, target, key, totals[key]);
            else Run(_empty, conversation, target, key);
        return true;
    }

    private Known? Find(Draft draft, byte[] conversation, long target)
    {
        Fill(_find, conversation, target, draft.SenderId.Value);
        using var row = _find.ExecuteReader();
        if (!row.Read() || row.IsDBNull(0) || row.GetInt16(0) != (short)EntryKind.Message) return null;
        var keys = row.IsDBNull(2) ? []
            : JsonSerializer.Deserialize(row.GetString(2), EntryPayloadJson.Default.StringArray) ?? [];
        return new Known(row.GetBoolean(1), keys, row.IsDBNull(3) ? null : row.GetInt64(3),
            row.IsDBNull(4) ? null : row.GetInt64(4), row.GetBoolean(5));
    }

    private Dictionary<string, long> Totals(byte[] conversation, long target)
    {
        Fill(_totals, conversation, target);
        var totals = new Dictionary<string, long>(StringComparer.Ordinal);
        using var row = _totals.ExecuteReader();
        while (row.Read()) totals[row.GetString(0)] = row.GetInt64(1);
        return totals;
    }

    private static CommitOutcome Of(CommitStatus status, Draft draft, long now) =>
        new(status, draft.Id, 0, Microseconds.FromUnix(now));

    private static void Run(SqliteCommand command, byte[] conversation, long target, params object[] rest)
    {
        Fill(command, conversation, target, rest);
        command.ExecuteNonQuery();
    }

    private static void Fill(SqliteCommand command, byte[] conversation, long target, params object[] rest)
    {
        command.Parameters[0].Value = conversation;
        command.Parameters[1].Value = target;
        for (var i = 0; i < rest.Length; i++) command.Parameters[i + 2].Value = rest[i];
    }

    private static SqliteCommand Prepare(
        SqliteWriter session, string sql, params ReadOnlySpan<(string Name, SqliteType Type)> rest) =>
        session.Prepare(sql, [("$conversation", SqliteType.Blob), ("$target", SqliteType.Integer), .. rest]);

    /// <summary>What is known of a message and of its sender's reactions.</summary>
    private readonly record struct Known(bool IsGone, string[] Keys, long? Told, long? ToldAt, bool IsUntold);
}
