using Chat.Contracts.Entries;
using Chat.Server.Persistence.Postgres;
using Npgsql;

namespace Chat.Tests.Fixtures.Observing;

/// <summary>The server's own append, in a transaction that is still open. It is taken back unless it is committed.
/// </summary>
internal sealed class LateAppend : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private LateAppend(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_connection, _transaction) = (connection, transaction);

    public static async Task<LateAppend> BeginAsync(StoreHost stores, ConversationEntry[] entries) =>
        await PostgresConnections.RunAsync(stores.Postgres.Commits, async _ =>
        {
            var connection = await stores.Postgres.Commits.OpenConnectionAsync();
            try
            {
                var late = new LateAppend(connection, await connection.BeginTransactionAsync());
                var (columns, drafts) = (new PostgresBatch(), Drafts.Of(entries));
                columns.Fill(drafts);
                await using var batch = columns.ToCommands(connection, Drafts.Noon);
                await using var reader = await batch.ExecuteReaderAsync();
                await columns.ReadOutcomesAsync(reader, drafts);
                return late;
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }, CancellationToken.None);

    /// <summary>Others go on meanwhile.</summary>
    public Task DawdleAsync(Random random) => Task.Delay(
        TimeSpan.FromMilliseconds(random.Next(100)), TimeProvider.System, CancellationToken.None);

    public Task CommitAsync() => _transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
