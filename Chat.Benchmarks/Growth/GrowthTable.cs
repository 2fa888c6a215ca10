using Chat.Server.Persistence;

namespace Chat.Benchmarks.Growth;

/// <summary>A table of an axis.</summary>
/// <param name="Title">Above it; where the axis has one table only, empty.</param>
/// <param name="Unit">What the cells say.</param>
/// <param name="Sizes">The columns.</param>
/// <param name="Lines">The rows.</param>
internal sealed record GrowthTable(
    string Title, string Unit, IReadOnlyList<long> Sizes, IReadOnlyList<GrowthLine> Lines)
{
    /// <summary>Of a table of what a database does.</summary>
    public static string TitleOf(DatabaseKind kind) => kind == DatabaseKind.Postgres ? "PostgreSQL" : "SQLite";
}
