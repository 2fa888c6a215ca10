using System.Globalization;
using Chat.Benchmarks.Load;
using Npgsql;

namespace Chat.Benchmarks.Growth;

/// <summary>Processor time of processes with children, from <c>/proc</c>.</summary>
internal static class ProcessTimes
{
    /// <summary>The parent of all processes of the PostgreSQL with this database.</summary>
    public static async Task<int> FindPostmasterAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pg_backend_pid()", connection);
        var backend = (int)(await command.ExecuteScalarAsync())!;
        return Read(backend)!.Value.Parent;
    }

    /// <summary>Seconds of a process and its children, those that have ended too.</summary>
    public static double OfTree(int root) => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0)
        .Sum(id => Read(id) switch
        {
            { } stat when id == root => stat.Seconds + stat.SecondsOfEnded,
            { } stat when stat.Parent == root => stat.Seconds,
            _ => 0,
        });

    private static ProcessStat? Read(int process)
    {
        try
        {
            return ProcessStat.Parse(File.ReadAllText($"/proc/{process}/stat"));
        }
        catch (IOException)
        {
            return null; // it has ended
        }
    }
}
