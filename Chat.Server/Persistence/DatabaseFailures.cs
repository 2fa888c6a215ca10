using System.Data.Common;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Chat.Server.Persistence;

/// <summary>What the providers' exceptions mean to the callers of the stores.</summary>
internal static class DatabaseFailures
{
    private const int SqliteConstraint = 19;
    private const int SqliteTooBig = 18;

    /// <summary>The failure behind the exception, for a call that had not begun to commit; null when it is no failure
    /// of the database.</summary>
    public static StoreException? ToStoreException(Exception exception)
    {
        if (exception is StoreException known) return known;
        if (Find(exception) is not { } cause) return null;
        if (cause is PostgresException { SqlState: Postgres.PostgresSql.NotAllowed })
            return new StoreException(StoreFailure.NotAllowed, "a right was taken since it was read", exception);
        if (cause is PostgresException { SqlState: Postgres.PostgresSql.Outdated })
            return new StoreException(StoreFailure.Outdated, "a user was signed out meanwhile", exception);
        if (cause is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure })
            return new StoreException(StoreFailure.Locked, "another transaction holds the rows to change", exception);
        return IsRejection(cause)
            ? new StoreException(StoreFailure.Rejected, "the database refused the data", exception)
            : new StoreException(StoreFailure.Unavailable, "the database is not available", exception);
    }

    public static bool IsUniqueViolation(Exception exception) => Find(exception) switch
    {
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteConstraint,
        _ => false,
    };

    public static bool IsRejection(Exception cause) => cause switch
    {
        PostgresException postgres => postgres.SqlState.StartsWith("22", StringComparison.Ordinal)
            || postgres.SqlState.StartsWith("23", StringComparison.Ordinal),
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteConstraint or SqliteTooBig,
        EncoderFallbackException => true, // text without a UTF-8 form never reaches the server
        _ => false,
    };

    /// <summary>What the provider threw: EF Core wraps it, at times twice. Null when it is no failure of the
    /// database.</summary>
    public static Exception? Find(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            // Disposed: what runs at a stop may find the connections gone, which is no worse than a database that is
            // away.
            if (exception is DbException or TimeoutException or SocketException or EncoderFallbackException
                or ObjectDisposedException)
                return exception;
        return null;
    }
}
