using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>What an entry that erases content brings with it, on the session that writes.</summary>
internal sealed class SqliteContentErasure(SqliteWriter session)
{
    private const string Mark =
        "update conversations set erased_sequence = max(erased_sequence, $upto) where id = $conversation";

    private static readonly string[] Statements =
        [.. ErasureSql.Statements("$conversation", "$after", "$upto", "$user", DatabaseKind.Sqlite)];

    /// <param name="draft">What was stored.</param>
    /// <param name="conversation">Where, as its key.</param>
    /// <param name="sequence">The place that it was given.</param>
    public void Apply(Draft draft, byte[] conversation, long sequence)
    {
        var what = draft.Content.Payload;
        var user = what?.ParticipantId?.Value ?? ErasureSql.Everybody;
        foreach (var part in draft.ErasedParts)
            foreach (var sql in Statements) Run(sql, conversation, part.After, Math.Min(part.UpTo, sequence), user);
        if (what?.ThroughSequence is { } through) Run(Mark, conversation, 0, through, user);
        session.HasErased = true;
    }

    private void Run(string sql, byte[] conversation, long after, long upTo, string user)
    {
        using var command = session.Connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$conversation", conversation);
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$upto", upTo);
        command.Parameters.AddWithValue("$user", user);
        command.ExecuteNonQuery();
    }
}
