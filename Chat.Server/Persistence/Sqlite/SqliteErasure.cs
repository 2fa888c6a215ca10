using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>Has the sessions of EF Core overwrite what they erase, as our own do.</summary>
internal sealed class SqliteErasure : DbConnectionInterceptor
{
    /// <summary>For every session that writes: text that was moved within the file leaves no copy behind
    /// either.</summary>
    public const string Overwrite = "pragma secure_delete = on";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Set(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    private static void Set(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Overwrite;
        command.ExecuteNonQuery();
    }
}
