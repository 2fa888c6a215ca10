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
    public static bool IsInDoubt(Exception exception, NpgsqlConnection connection) => exception switch
    {
        PostgresException postgres => postgres.InvariantSeverity is "FATAL" or "PANIC",
        DbException or TimeoutException or SocketException or IOException or ObjectDisposedException =>
            connection.FullState != ConnectionState.Open,
        _ => false,
    };
}
