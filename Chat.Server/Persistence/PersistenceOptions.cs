using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Persistence;

/// <summary>How the server uses its database. Which database is <see cref="DatabaseSettings"/>.</summary>
internal sealed class PersistenceOptions
{
    public const string Section = "Chat:Persistence";

    /// <summary>Seconds that one statement may take, 1 to 300. Default 10. A commit that takes longer is in doubt, and
    /// is looked up afterwards.</summary>
    [Range(1, 300)]
    public int CommandTimeoutSeconds { get; set; } = 10;

    /// <summary>Seconds that the migration at start waits for a database that is not up yet, 0 to 600. Default
    /// 30.</summary>
    [Range(0, 600)]
    public int StartupWaitSeconds { get; set; } = 30;

    /// <summary>PostgreSQL connections that commit batches, 1 to 32. Default 4. More lanes than this wait for one
    /// another.</summary>
    [Range(1, 32)]
    public int CommitConnections { get; set; } = 4;

    /// <summary>Connections for all else, 1 to 200. Default 16. Apart from the committing ones, so that catching up
    /// cannot hold up a commit.</summary>
    [Range(1, 200)]
    public int ReadConnections { get; set; } = 16;

    /// <summary>How long what needs a connection waits for one.</summary>
    public TimeSpan TurnBound => TimeSpan.FromSeconds(30);

    public TimeSpan CommandTimeout => TimeSpan.FromSeconds(CommandTimeoutSeconds);
}

[OptionsValidator]
internal sealed partial class PersistenceOptionsValidator : IValidateOptions<PersistenceOptions>;
