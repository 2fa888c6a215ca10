using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

internal static class PostgresFailures
{
    /// <summary>Whether the batch that ended so may have been committed all the same.</summary>
    /// <remarks>After an ordinary error the server has said that it rolled back, and the connection lives on. In doubt
    /// is what ended the session, or was never answered: the server may have been killed between its commit and its
    /// answer.</remarks>
    public static bool IsInDoubt(Exception exception, NpgsqlConnection connection) => DatabaseFailures.Find(exception)
        switch
    {
        PostgresException postgres => postgres.InvariantSeverity is "FATAL" or "PANIC",
        DbException or TimeoutException or SocketException or IOException or ObjectDisposedException =>
            connection.FullState != ConnectionState.Open,
        _ => false,
    };

    /// <summary>Whether it is the server that cannot work, and not the statement: it stops, or takes no writes. The
    /// other sessions of the pool are no better, and new ones may be: after a failover they are on another
    /// server.</summary>
    public static bool IsOfServer(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            if (exception is PostgresException postgres) return postgres.SqlState is
                PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.AdminShutdown
                or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow;
        return false;
    }
}
