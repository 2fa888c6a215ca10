using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>Whether the database has the schema that this version needs. A newer one is accepted: additions never break
/// the previous version.</summary>
internal sealed partial class SchemaCheck(ChatDatabase database, ILogger<SchemaCheck> logger)
{
    private const string TooOld = "the schema is missing or older than this version: run the command migrate";

    private volatile bool _isCurrent, _isTold;

    /// <summary>What is wrong; null when nothing is. Logged when it is found. Once the schema is there nothing is asked
    /// any more.</summary>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        if (_isCurrent) return null;
        var pending = await database.RunAsync(
            async context => (await context.Database.GetPendingMigrationsAsync(ct)).ToList(), ct);
        if (pending.Count == 0)
        {
            _isCurrent = true;
            return null;
        }
        if (!_isTold) Log.TooOld(logger, pending.Count, pending[^1]);
        _isTold = true;
        return TooOld;
    }

    private static partial class Log
    {
        [LoggerMessage(2003, LogLevel.Error,
            "The database lacks {Count} migration(s) of this version, up to {Newest}: run the command migrate, or set "
                + "Chat:Server:MigrateOnStart=true. Until then the server is not ready")]
        public static partial void TooOld(ILogger logger, int count, string newest);
    }
}
