using System.Globalization;
using Npgsql;

namespace Chat.Benchmarks.Growth;

/// <summary>Processor time of processes with children, from <c>/proc</c>.</summary>
internal static class ProcessTimes
{
    private const double TicksPerSecond = 100;

    // In what follows the name: state is 0, the parent 1, own ticks 11 and 12, of ended children 13 and 14.
    private const int Parent = 1, Own = 11;

    /// <summary>The parent of all processes of the PostgreSQL with this database.</summary>
    public static async Task<int> FindPostmasterAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pg_backend_pid()", connection);
        var backend = (int)(await command.ExecuteScalarAsync())!;
        return int.Parse(Read(backend)![Parent], CultureInfo.InvariantCulture);
    }

    /// <summary>Seconds of a process and its children, those that have ended too.</summary>
    public static double OfTree(int root) => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0)
        .Sum(id => Read(id) is not { } fields ? 0
            : id == root ? Ticks(fields, Own, 4)
            : fields[Parent] == root.ToString(CultureInfo.InvariantCulture) ? Ticks(fields, Own, 2) : 0);

    private static double Ticks(string[] fields, int first, int count) =>
        fields.Skip(first).Take(count).Sum(field => double.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;

    private static string[]? Read(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // the name before it may hold blanks
        }
        catch (IOException)
        {
            return null; // it has ended
        }
    }
}
