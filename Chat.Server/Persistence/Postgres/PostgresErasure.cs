using Chat.Contracts.Entries;
using Chat.Server.Persistence.Entries;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>What an entry that erases content brings with it, in the transaction that stores it.</summary>
internal static class PostgresErasure
{
    /// <summary>The sequence of the entry with the id $3; null where it was not stored now. It is the last of its
    /// batch.</summary>
    private const string OwnSequence =
        "(select m.sequence from messages m join conversations c on c.id = m.conversation_id "
            + "and c.last_sequence = m.sequence where c.id = $1 and m.message_id = $3)";

    // $1 conversation, $2 behind this sequence, $3 up to this one, $4 whose.
    private static readonly string[] UpTo =
        [.. ErasureSql.Statements("$1", "$2", "$3", "$4", DatabaseKind.Postgres)];

    // The same, $3 the id of the entry.
    private static readonly string[] ToEntry =
        [.. ErasureSql.Statements("$1", "$2", OwnSequence, "$4", DatabaseKind.Postgres)];

    // $1 conversation, $2 up to where everything is erased.
    private const string Mark =
        "update conversations set erased_sequence = greatest(erased_sequence, $2) where id = $1";

    public static IEnumerable<NpgsqlBatchCommand> ToCommands(Draft draft)
    {
        if (draft.Content is not { Kind: EntryKind.ContentErased, Payload: { } what }) yield break;
        var user = what.ParticipantId?.Value ?? ErasureSql.Everybody;
        foreach (var part in draft.ErasedParts)
            foreach (var sql in part.UpTo == ErasedPart.ToEntry ? ToEntry : UpTo)
                yield return new NpgsqlBatchCommand(sql)
                {
                    Parameters =
                    {
                        new NpgsqlParameter<Guid> { TypedValue = draft.ConversationId.Value },
                        new NpgsqlParameter<long> { TypedValue = part.After },
                        part.UpTo == ErasedPart.ToEntry
                            ? new NpgsqlParameter<Guid> { TypedValue = draft.Id.Value }
                            : new NpgsqlParameter<long> { TypedValue = part.UpTo },
                        new NpgsqlParameter<string> { TypedValue = user },
                    },
                };
        if (what.ThroughSequence is { } through)
            yield return new NpgsqlBatchCommand(Mark)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = draft.ConversationId.Value },
                    new NpgsqlParameter<long> { TypedValue = through },
                },
            };
    }
}
