using System.Globalization;
using Chat.Server.Persistence;

namespace Chat.Benchmarks.Growth;

/// <summary>What a call of the stores costs.</summary>
/// <param name="Microseconds">By the clock.</param>
/// <param name="Rows">That the database read; PostgreSQL only.</param>
/// <param name="Blocks">Likewise.</param>
/// <param name="Kind">Which database.</param>
internal readonly record struct StoreCost(double Microseconds, double Rows, double Blocks, DatabaseKind Kind)
{
    public static string Unit(DatabaseKind kind) => kind == DatabaseKind.Postgres
        ? "rows read, blocks touched, microseconds, for each call"
        : "microseconds for each call";

    /// <summary>Below it a cost is none: rows of catalogs and pages of indexes, or the noise of a clock.</summary>
    public static double Least(DatabaseKind kind) => kind == DatabaseKind.Postgres ? 350 : 2_000;

    /// <summary>What is compared: blocks, for a small table is read as a whole where that is less than to look rows
    /// up.</summary>
    public double Counted => Kind == DatabaseKind.Postgres ? Blocks : Microseconds;

    public override string ToString() => Kind == DatabaseKind.Postgres
        ? string.Create(CultureInfo.InvariantCulture, $"{Rows:#,0}, {Blocks:#,0}, {Microseconds:#,0}")
        : string.Create(CultureInfo.InvariantCulture, $"{Microseconds:#,0}");
}
