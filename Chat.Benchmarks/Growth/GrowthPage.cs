using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Chat.Benchmarks.Growth;

/// <summary>The page, made of what was measured last of each axis.</summary>
internal sealed class GrowthPage(string results)
{
    private const int Width = 120;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private const string Head =
        """
        What things cost when there is more of everything. Made by `dotnet run -c Release --project Chat.Benchmarks --
        growth` (`--help`); one axis is measured again by its name: `-- growth participants`. Each axis is measured by
        itself, on throw-away databases. A line is *flat* while it costs no more than twice what it cost at the smallest
        size; where it grows, it says why it must. The command fails where a line grows and no reason is known. Rows and
        blocks are counted by PostgreSQL; microseconds are of one caller at a time, by the clock, and of processes by
        `/proc`.
        """;

    private static readonly string[] Tail =
    [
        "Read marks of one conversation: each is shown to all who have joined it (CH-65), so readers who all mark cost "
            + "their number squared in signals. An instance keeps the newest signals of a conversation, a bounded "
            + "number, and drops the older ones: what it costs is bounded, what is shown is not complete.",
        "Once a second, after any message, an instance looks at each of its connections for those who watch lists.",
        "What 200,000 pairs of user and conversation may do is remembered for 30 s "
            + "(`Chat:Core:AccessCacheSize`); with more that are active at the same time the database is asked more "
            + "often, 500 of them in one query.",
        "A removal looks at each reader of the conversation on the instance, each of whom is shown it anyway.",
    ];

    public void Keep(GrowthResult result)
    {
        Directory.CreateDirectory(results);
        File.WriteAllText(FileOf(result.Axis), JsonSerializer.Serialize(result, Json) + "\n");
    }

    /// <summary>The page as Markdown, of all axes that were measured.</summary>
    public string Write(IReadOnlyList<IGrowthAxis> axes)
    {
        var page = new StringBuilder("# Growth\n\n");
        Wrap(page, Head.ReplaceLineEndings(" "));
        foreach (var axis in axes)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {axis.Title}\n\n");
            if (!File.Exists(FileOf(axis.Name)))
            {
                page.Append(CultureInfo.InvariantCulture, $"Not measured yet: `-- growth {axis.Name}`.\n");
                continue;
            }
            var result = JsonSerializer.Deserialize<GrowthResult>(File.ReadAllText(FileOf(axis.Name)), Json)!;
            page.Append(CultureInfo.InvariantCulture,
                $"Measured on {result.MeasuredAt:yyyy-MM-dd} ({result.Machine}).\n");
            foreach (var table in result.Tables) Write(page, table);
        }
        page.Append("\n## On no axis\n\n");
        foreach (var one in Tail) Wrap(page, $"- {one}", indent: "  ");
        return page.ToString();
    }

    /// <summary>The lines that grow and may not.</summary>
    public static IEnumerable<string> Faults(GrowthResult result) =>
        from table in result.Tables
        from line in table.Lines
        where line.Why is null
        let at = line.GrowsAt()
        where at is not null
        select $"{result.Axis}: \"{line.Name}\" {table.Title} costs {line.Costs[at.Value]:0.#} at "
            + $"{table.Sizes[at.Value]:#,0}, and {line.Costs[0]:0.#} at {table.Sizes[0]:#,0}";

    private static void Write(StringBuilder page, GrowthTable table)
    {
        page.Append('\n');
        if (table.Title.Length > 0) Wrap(page, $"**{table.Title}**: {table.Unit}.");
        else Wrap(page, $"{char.ToUpperInvariant(table.Unit[0])}{table.Unit[1..]}.");
        page.Append(CultureInfo.InvariantCulture, $"\n| | {string.Join(" | ", table.Sizes.Select(Number))} | flat |\n");
        page.Append('|').Insert(page.Length, "---|", table.Sizes.Count + 2).Append('\n');
        foreach (var line in table.Lines)
            page.Append(CultureInfo.InvariantCulture,
                $"| {line.Name} | {string.Join(" | ", line.Cells)} | {Flatness(table, line)} |\n");
        var reasons = table.Lines.Where(line => line is { Why: not null } && line.GrowsAt() is not null)
            .GroupBy(line => line.Why!).ToList();
        if (reasons.Count > 0) page.Append('\n');
        foreach (var reason in reasons)
            Wrap(page, $"- {string.Join("; ", reason.Select(line => line.Name))}: {reason.Key}", indent: "  ");
    }

    private static string Flatness(GrowthTable table, GrowthLine line) => line.GrowsAt() switch
    {
        null => "yes",
        { } at when line.Why is not null => $"to {Number(table.Sizes[at - 1])}",
        { } at => $"**fault** from {Number(table.Sizes[at])}",
    };

    private static string Number(long size) => size.ToString("#,0", CultureInfo.InvariantCulture);

    private static void Wrap(StringBuilder page, string text, string indent = "")
    {
        var length = 0;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (length > 0 && length + 1 + word.Length > Width)
            {
                page.Append('\n').Append(indent);
                length = indent.Length;
            }
            else if (length > 0)
            {
                page.Append(' ');
                length++;
            }
            page.Append(word);
            length += word.Length;
        }
        page.Append('\n');
    }

    private string FileOf(string axis) => Path.Combine(results, axis + ".json");
}
