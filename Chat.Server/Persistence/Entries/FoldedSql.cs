namespace Chat.Server.Persistence.Entries;

/// <summary>A message as it is now, for the statements of both databases: what its newest edit says in place of what it
/// said, as <see cref="Contracts.Entries.MessageFold"/> has it.</summary>
/// <remarks>Of a message <c>m</c> and its newest edit <c>e</c>, whose columns are null where there is none.</remarks>
internal static class FoldedSql
{
    private static readonly string[] Edited = ["message", "attachment_url", "attachment_meta", "payload"];

    /// <summary><see cref="EntryColumns.Read"/> and <see cref="EntryColumns.Size"/>, which is named
    /// <c>bytes</c>.</summary>
    public static readonly string Read =
        $"""
        {string.Join(", ", EntryColumns.Read.Split(", ").Select(Now))},
        case when e.sequence is null then {EntryColumns.SizeOf("m.")} else {EntryColumns.SizeOf("e.")} end as bytes
        """;

    /// <summary>There is something left to show.</summary>
    public static readonly string HasContent = $"(e.sequence is null or {ErasureSql.HasContent("e.")})";

    private static string Now(string column) => Edited.Contains(column)
        ? $"case when e.sequence is null then m.{column} else e.{column} end as {column}"
        : $"m.{column}";
}
