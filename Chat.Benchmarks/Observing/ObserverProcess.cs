using System.Globalization;
using Chat.Benchmarks.Load;
using Chat.Contracts.Entries;

namespace Chat.Benchmarks.Observing;

/// <summary>An application with an observer in a process of its own, which writes what it is shown to its
/// output.</summary>
/// <param name="database">A PostgreSQL database.</param>
/// <param name="take">Takes what it was shown.</param>
internal sealed class ObserverProcess(string database, Action<ObserverProcess, string> take)
    : ChildProcess([ServeName, database])
{
    /// <summary>The command of such a process.</summary>
    public const string ServeName = "observer-process";

    /// <summary>Runs until its input ends, or it is killed.</summary>
    public static async Task<int> ServeAsync(string database)
    {
        await using var writer = new StreamWriter(Console.OpenStandardOutput());
        var gate = new Lock();
        await using var application = await ObserverApplication.StartAsync(database, entries =>
        {
            Write(entries.Select(LineOf));
            return default;
        });
        Write([ReadyLine]);
        await Console.In.ReadToEndAsync();
        return 0;

        void Write(IEnumerable<string> lines)
        {
            lock (gate)
            {
                foreach (var line in lines) writer.WriteLine(line);
                writer.Flush();
            }
        }
    }

    public static (string Conversation, long Sequence, Guid Id) Read(string line)
    {
        var parts = line.Split(' ');
        return (parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture), Guid.Parse(parts[2]));
    }

    protected override void Take(string line) => take(this, line);

    private static string LineOf(ConversationEntry entry) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{entry.ConversationId.Value:N} {entry.Sequence} {entry.Id.Value:N}");
}
