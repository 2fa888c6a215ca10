using Chat.Server.Audit.Store;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Server.Persistence.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Revocations.Store;

/// <summary>Revocations on PostgreSQL.</summary>
internal sealed class PostgresRevocationStore(
    PostgresConnections connections, ChatDatabase database, AuditStore audit, TimeProvider time)
    : IRevocationStore
{
    // One after the other, until the commit: else the later number could appear before the earlier one, which a reader
    // by number would then miss for ever.
    private const string Lock = "select pg_advisory_xact_lock(7234981107)";

    // $1 tenant, $2 user, $3 session, $4 0: refuses tokens, 1: all, 2: takes that back, $5 until then, $6 reason, $7
    // how long tokens live. Times are in microseconds. A revocation never takes back an earlier one; only what takes a
    // user or a tenant back does.
    private const string Add =
        """
        with clock as (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as now),
        gone as (
            delete from revocations
             where tenant = $1 and user_id = $2 and session is not distinct from $3
            returning not_before),
        until as (
            select case when $4 = 1 or ($4 = 0 and exists (select 1 from gone where not_before is null)) then null
                        else greatest(coalesce($5, (select now / 1000000 * 1000000 from clock)),
                                      (select max(not_before) from gone)) end as at)
        insert into revocations (number, tenant, user_id, session, not_before, reason, expires)
        select greatest((select coalesce(max(number), 0) + 1 from revocations), (select now from clock)),
               $1, $2, $3, until.at, $6,
               case when until.at is not null then greatest(until.at, (select now from clock)) + $7 end
          from until
        returning number, not_before, expires
        """;

    // $1 tenant, $2 user.
    private const string Deactivate =
        """
        insert into users (tenant, user_id, deactivated_at) values ($1, $2, clock_timestamp())
        on conflict (tenant, user_id) do update
           set deactivated_at = coalesce(users.deactivated_at, excluded.deactivated_at)
        """;

    private const string Reactivate = "update users set deactivated_at = null where tenant = $1 and user_id = $2";

    // $1 tenant, $2 why.
    private const string Suspend =
        """
        insert into tenants (tenant, suspended_at, reason) values ($1, clock_timestamp(), $2)
        on conflict (tenant) do update
           set suspended_at = coalesce(tenants.suspended_at, excluded.suspended_at), reason = excluded.reason
        """;

    private const string Resume = "update tenants set suspended_at = null, reason = '' where tenant = $1";

    public Task<Revocation> AddAsync(RevocationOrder order, CancellationToken ct) => KnownOutcome.OfAsync(
        () => connections.CommitAsync(async connection =>
        {
            await using var batch = ToCommands(connection, order);
            await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
            await reader.NextResultAsync(ct); // past the lock
            await reader.ReadAsync(ct);
            var stored = new Revocation(reader.GetInt64(0), order.User, order.Session,
                PostgresRevocations.TimeOf(reader, 1), PostgresRevocations.TimeOf(reader, 2));
            while (await reader.NextResultAsync(ct)) { } // only then it is known to be committed
            return stored;
        }, ct), time, ct);

    public Task<DateTimeOffset> ClockAsync(CancellationToken ct) => connections.ReadAsync(async connection =>
    {
        await using var command = new NpgsqlCommand("select clock_timestamp()", connection);
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(ct))!);
    }, ct);

    public Task<List<Revocation>> ReadAllAsync(CancellationToken ct) => database.RunAsync(async db =>
        (await db.Set<RevocationRow>().AsNoTracking().OrderBy(r => r.Number).ToListAsync(ct))
            .ConvertAll(row => row.ToRevocation()), ct);

    public Task<int> DeleteExpiredAsync(DateTimeOffset now, CancellationToken ct) => database.ChangeAsync(
        db => db.Set<RevocationRow>().Where(r => r.Expires < now).ExecuteDeleteAsync(ct), ct);

    private NpgsqlBatch ToCommands(NpgsqlConnection connection, RevocationOrder order)
    {
        var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Lock));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Add)
        {
            Parameters =
            {
                Of(order.User.Tenant.Name), Of(order.User.Id.Value), Of(order.Session),
                Of(order.RefusesAll ? 1 : order.TakesBack ? 2 : 0),
                Of(order.Before is { } before ? Microseconds.ToUnix(before) : null), Of(order.Reason),
                Of((long)order.TokensLive.TotalMicroseconds),
            },
        });
        if (StateOf(order) is { } state) batch.BatchCommands.Add(state);
        if (order.Audit is { } entry) batch.BatchCommands.Add(PostgresAudit.ToCommand(audit.RowOf(entry)));
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(PostgresMembershipSql.Require) { Parameters = { Of(order.Level) } });
        return batch;
    }

    /// <summary>What the user's or the tenant's row says from now on; null: nothing new.</summary>
    private static NpgsqlBatchCommand? StateOf(RevocationOrder order)
    {
        var (tenant, user) = (Of(order.User.Tenant.Name), Of(order.User.Id.Value));
        return order.Kind switch
        {
            RevocationKind.Deactivate => new NpgsqlBatchCommand(Deactivate) { Parameters = { tenant, user } },
            RevocationKind.Reactivate => new NpgsqlBatchCommand(Reactivate) { Parameters = { tenant, user } },
            RevocationKind.Suspend => new NpgsqlBatchCommand(Suspend) { Parameters = { tenant, Of(order.Reason) } },
            RevocationKind.Resume => new NpgsqlBatchCommand(Resume) { Parameters = { tenant } },
            _ => null,
        };
    }

    private static NpgsqlParameter Of(string? text) => Of(text, NpgsqlDbType.Text);

    private static NpgsqlParameter Of(int number) => Of(number, NpgsqlDbType.Integer);

    private static NpgsqlParameter Of(long? number) => Of(number, NpgsqlDbType.Bigint);

    private static NpgsqlParameter Of(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
