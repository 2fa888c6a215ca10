using Chat.Contracts.Entries;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Persistence.Postgres;

/// <summary>What an entry changes beside the log, in the transaction that stores it.</summary>
internal static class PostgresMembership
{
    /// <summary>The change; null for an entry that is only recorded.</summary>
    public static NpgsqlBatchCommand? ToCommand(ConversationEntry entry, DateTimeOffset now) => entry switch
    {
        ParticipantsAddedEntry added => new NpgsqlBatchCommand(PostgresSql.AddParticipants)
        {
            Parameters = { Conversation(entry), Users(added), Time(now) },
        },
        ParticipantRemovedEntry removed => new NpgsqlBatchCommand(PostgresSql.RemoveParticipant)
        {
            Parameters = { Conversation(entry), new NpgsqlParameter<string> { TypedValue = removed.ParticipantId.Value } },
        },
        ConversationRenamedEntry renamed => new NpgsqlBatchCommand(PostgresSql.Rename)
        {
            Parameters = { Conversation(entry), new NpgsqlParameter { Value = (object?)renamed.Title ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } },
        },
        _ => null,
    };

    public static NpgsqlParameter Time(DateTimeOffset time) =>
        new NpgsqlParameter<DateTime> { TypedValue = time.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static NpgsqlParameter Conversation(ConversationEntry entry) => new NpgsqlParameter<Guid> { TypedValue = entry.ConversationId.Value };

    private static NpgsqlParameter Users(ParticipantsAddedEntry added) =>
        new NpgsqlParameter<string[]> { TypedValue = [.. added.ParticipantIds.Select(id => id.Value)] };
}
