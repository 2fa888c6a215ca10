using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Persistence.Postgres;

/// <summary>What an entry changes beside the log, in the transaction that stores it.</summary>
internal static class PostgresMembership
{
    /// <summary>Refuses the draft where anybody's right was changed since its sender's was read; null where that is
    /// not asked.</summary>
    public static NpgsqlBatchCommand? ToCheck(Draft draft) => draft.RightsAsOf is not { } asOf ? null
        : new NpgsqlBatchCommand(PostgresMembershipSql.CheckRights)
        {
            Parameters = { Conversation(draft), new NpgsqlParameter<long> { TypedValue = asOf } },
        };

    /// <summary>The changes; none for an entry that is only recorded.</summary>
    public static IEnumerable<NpgsqlBatchCommand> ToCommands(Draft draft, DateTimeOffset now)
    {
        if (ToCommand(draft, now) is { } command) yield return command;
        if (draft.Content is { Kind: EntryKind.MessageDeleted, TargetSequence: { } target })
        {
            yield return Erase(AmendmentSql.EraseMessage, draft, target);
            yield return Erase(AmendmentSql.EraseEdits, draft, target);
            yield return Erase(AmendmentSql.EraseTask, draft, target);
            yield return Erase(ReactionSql.Drop, draft, target);
        }
        foreach (var erasing in PostgresErasure.ToCommands(draft)) yield return erasing;
        if (draft.RequiredLevel is { } level)
            yield return new NpgsqlBatchCommand(PostgresMembershipSql.Require)
            {
                Parameters = { new NpgsqlParameter<int> { TypedValue = level } },
            };
    }

    public static NpgsqlParameter Time(DateTimeOffset time) =>
        new NpgsqlParameter<DateTime> { TypedValue = time.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static NpgsqlBatchCommand? ToCommand(Draft draft, DateTimeOffset now)
    {
        var payload = draft.Content.Payload;
        return draft.Content.Kind switch
        {
            EntryKind.ParticipantsAdded => new NpgsqlBatchCommand(PostgresMembershipSql.AddParticipants)
            {
                Parameters =
                {
                    Conversation(draft), Users(payload?.ParticipantIds ?? []), Time(now),
                    new NpgsqlParameter<bool> { TypedValue = draft.LiftsBans },
                },
            },
            EntryKind.ParticipantRemoved when payload?.ParticipantId is { } user => Remove(draft, user, now),
            EntryKind.RoleChanged when payload is { ParticipantId: { } user, Role: { } role } =>
                SetRole(draft, user, role, now),
            EntryKind.ConversationChanged => new NpgsqlBatchCommand(PostgresMembershipSql.ChangeConversation)
            {
                Parameters =
                {
                    Conversation(draft), Nullable(payload?.Title, NpgsqlDbType.Text),
                    Nullable(payload?.Topic, NpgsqlDbType.Text), Nullable(payload?.AvatarUrl, NpgsqlDbType.Text),
                    Nullable(payload?.SlowModeSeconds, NpgsqlDbType.Integer),
                    Nullable(payload?.IsArchived, NpgsqlDbType.Boolean),
                },
            },
            _ => null,
        };
    }

    private static NpgsqlBatchCommand Erase(string sql, Draft draft, long target) => new(sql)
    {
        Parameters = { Conversation(draft), new NpgsqlParameter<long> { TypedValue = target } },
    };

    private static NpgsqlBatchCommand Remove(Draft draft, UserId user, DateTimeOffset now)
    {
        if (draft.Terms is not null) return SetRole(draft, user, ParticipantRole.Blocked, now);
        if (draft.SenderId == user)
            return new NpgsqlBatchCommand(PostgresMembershipSql.RemoveParticipant)
            {
                Parameters = { Conversation(draft), User(user) },
            };
        return new NpgsqlBatchCommand(PostgresMembershipSql.PutOut)
        {
            Parameters = { Conversation(draft), User(user), Time(now) },
        };
    }

    private static NpgsqlBatchCommand SetRole(Draft draft, UserId user, ParticipantRole role, DateTimeOffset now) =>
        new(PostgresMembershipSql.SetRole)
        {
            Parameters =
            {
                Conversation(draft), User(user), new NpgsqlParameter<short> { TypedValue = (short)role },
                Nullable(draft.Terms?.Until?.UtcDateTime, NpgsqlDbType.TimestampTz),
                Nullable(draft.Terms?.Reason, NpgsqlDbType.Text), Time(now),
            },
        };

    private static NpgsqlParameter Conversation(Draft draft) =>
        new NpgsqlParameter<Guid> { TypedValue = draft.ConversationId.Value };

    private static NpgsqlParameter User(UserId user) => new NpgsqlParameter<string> { TypedValue = user.Value };

    private static NpgsqlParameter Users(IReadOnlyList<UserId> users) =>
        new NpgsqlParameter<string[]> { TypedValue = [.. users.Select(id => id.Value)] };

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
