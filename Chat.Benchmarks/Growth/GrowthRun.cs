using Npgsql;

namespace Chat.Benchmarks.Growth;

/// <summary>What an axis is told.</summary>
/// <param name="Sizes">Which sizes.</param>
/// <param name="IsQuick">A run that only shows that all of it works.</param>
/// <param name="Server">Folder of a published server; null: the one that was built with this program.</param>
/// <param name="Seconds">How long one load is measured.</param>
/// <param name="Progress">Says how far it is.</param>
/// <param name="Postgres">The PostgreSQL of this run, which syncs as in production.</param>
internal sealed record GrowthRun(
    IReadOnlyList<long> Sizes, bool IsQuick, string? Server, double Seconds, Action<string> Progress,
    Lazy<Task<PostgresServer>> Postgres)
{
    /// <summary>How often each call is made.</summary>
    public int Repeats => IsQuick ? 3 : 25;

    /// <summary>A database of this run that is done: it may be large.</summary>
    public static Task DropAsync(PostgresServer postgres, string database) => postgres.ExecuteAsync(
        "postgres", $"drop database {new NpgsqlConnectionStringBuilder(database).Database} with (force)");
}
