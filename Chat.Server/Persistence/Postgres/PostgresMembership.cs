using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Persistence.Postgres;

/// <summary>What an entry changes beside the log, in the transaction that stores it.</summary>
internal static class PostgresMembership
{
    /// <summary>The change; null for an entry that is only recorded.</summary>
    public static NpgsqlBatchCommand? ToCommand(Draft draft, DateTimeOffset now)
    {
        var payload = draft.Content.Payload;
        return draft.Content.Kind switch
        {
            EntryKind.ParticipantsAdded => new NpgsqlBatchCommand(PostgresSql.AddParticipants)
            {
                Parameters = { Conversation(draft), Users(payload?.ParticipantIds ?? []), Time(now) },
            },
            EntryKind.ParticipantRemoved when payload?.ParticipantId is { } user =>
                new NpgsqlBatchCommand(PostgresSql.RemoveParticipant)
            {
                Parameters = { Conversation(draft), new NpgsqlParameter<string> { TypedValue = user.Value } },
            },
            EntryKind.ConversationRenamed => new NpgsqlBatchCommand(PostgresSql.Rename)
            {
                Parameters = { Conversation(draft), Title(payload?.Title) },
            },
            _ => null,
        };
    }

    public static NpgsqlParameter Time(DateTimeOffset time) =>
        new NpgsqlParameter<DateTime> { TypedValue = time.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static NpgsqlParameter Conversation(Draft draft) =>
        new NpgsqlParameter<Guid> { TypedValue = draft.ConversationId.Value };

    private static NpgsqlParameter Users(IReadOnlyList<UserId> users) =>
        new NpgsqlParameter<string[]> { TypedValue = [.. users.Select(id => id.Value)] };

    private static NpgsqlParameter Title(string? title) =>
        new() { Value = (object?)title ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
