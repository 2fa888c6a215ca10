using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Audit.Store;

/// <summary>An entry of the audit as a statement of a batch: it is stored with what else is in the batch.</summary>
internal static class PostgresAudit
{
    private const string Add =
        """
        insert into audit (at, tenant, actor, act, target, outcome, request_id, address)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    public static NpgsqlBatchCommand ToCommand(AuditRow row) => new(Add)
    {
        Parameters =
        {
            new NpgsqlParameter<DateTime> { TypedValue = row.At.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            Of(row.Tenant?.Name), Of(row.Actor), Of(row.Act), Of(row.Target), Of(row.Outcome), Of(row.RequestId),
            Of(row.Address),
        },
    };

    private static NpgsqlParameter Of(string? text) =>
        new() { Value = text ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
