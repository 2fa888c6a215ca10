using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Core.Signals;
using Chat.Server.Persistence;
using Chat.Server.Rights;
using Chat.Tests.Integration.Tenants;
using Npgsql;

namespace Chat.Tests.Integration.Growth;

/// <summary>What costs as much as a conversation has participants is asked once for all who want it.</summary>
public sealed class ReadPositionsTests : OnTenantHost
{
    private const int Asking = 50, Rounds = 6;

    internal override DatabaseKind Kind => DatabaseKind.Postgres;

    [PostgresFact]
    public async Task Those_who_ask_for_read_positions_meanwhile_share_an_answer()
    {
        var id = (await Host.Get<ConversationRights>().Creation.CreateAsync(UserId.Parse("ann").AsCaller(),
            new CreateConversation { ParticipantIds = [UserId.Parse("bob")] }, default)).Id;
        var marks = Host.Get<ReadMarks>();
        var (outcome, statements) = await Host.RunAsync(async _ =>
        {
            await using var blocking = new NpgsqlConnection(Database.Settings.ConnectionString + ";Pooling=false");
            await blocking.OpenAsync();
            await using var transaction = await blocking.BeginTransactionAsync();
            await RunAsync(blocking, "lock table participants in access exclusive mode");
            var first = marks.ListAsync(id, default);
            await Eventually.HoldsAsync(async () =>
                await Database.QueryAsync("select 1 from pg_locks where not granted and database = "
                    + "(select oid from pg_database where datname = current_database())") is not []);
            var others = Enumerable.Range(1, Asking - 1).Select(_ => marks.ListAsync(id, default)).ToList();
            await transaction.RollbackAsync();
            return (await Task.WhenAll([first, .. others])).Sum(positions => positions.Count);
        });
        Assert.Equal($"{2 * Asking}", outcome); // both have read that it was made
        // One that waited; what is asked meanwhile is one, or one more where that took long.
        Assert.InRange(statements.Split('\n').Count(line => line.StartsWith("SELECT", StringComparison.Ordinal)), 2,
            Rounds);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
