using Chat.Server.Concurrency;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>The lock is an exclusively opened file beside the database: the operating system gives it back when a
/// process dies. It stays there: were it deleted, one who waits could lock the deleted file and another a new
/// one.</summary>
/// <remarks>EF Core's own lock is a row, which a process that is killed leaves behind: every later start would wait for
/// it for ever. It is removed here, under the lock that tells that nobody can be holding it.</remarks>
internal sealed class SqliteMigrations(SqliteFile file, TimeProvider time) : IMigrations
{
    private static readonly Backoff Retries = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500));

    public Task<bool> IsDoneAsync(CancellationToken ct) =>
        File.Exists(file.FullPath) ? Task.Run(IsDone, ct) : Task.FromResult(false);

    public async Task<IAsyncDisposable> LockAsync(ChatDbContext context, CancellationToken ct)
    {
        var database = file.FullPath ?? throw new NotSupportedException("the database must be a file");
        Directory.CreateDirectory(Path.GetDirectoryName(database)!); // says why, where it could not be prepared
        var held = await OpenAsync(database + ".migrating", ct);
        try
        {
            if (File.Exists(database))
                await context.Database.ExecuteSqlRawAsync("drop table if exists \"__EFMigrationsLock\"", ct);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>Nothing: every change of the schema is a migration.</summary>
    public Task FinishAsync(CancellationToken ct) => Task.CompletedTask;

    private bool IsDone()
    {
        var ids = MigrationIds.Of(typeof(SqliteChatDbContext));
        try
        {
            using var connection = new SqliteConnection(file.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "select count(*) from \"__EFMigrationsHistory\" where \"MigrationId\" in ('"
                + string.Join("', '", ids) + "')";
            return (long)command.ExecuteScalar()! == ids.Length;
        }
        catch (SqliteException)
        {
            return false; // there is no such table yet; or what is wrong is found, and said, under the lock
        }
    }

    private async Task<FileStream> OpenAsync(string path, CancellationToken ct)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return SqliteFile.OpenAlone(path);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Retries.WaitAsync(failures, time, ct);
            }
        }
    }
}
