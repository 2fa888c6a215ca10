using System.Diagnostics;
using System.Globalization;
using Chat.Contracts.Entries;

namespace Chat.Benchmarks.Observing;

/// <summary>An application with an observer in a process of its own, which writes what it is shown to its
/// output.</summary>
internal sealed class ObserverProcess
{
    private const string ReadyLine = "ready";

    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ObserverProcess(Process process, Action<ObserverProcess, string> line)
    {
        _process = process;
        Ended = Task.Run(async () =>
        {
            while (await process.StandardOutput.ReadLineAsync() is { } text)
                if (text == ReadyLine) _ready.TrySetResult();
                else line(this, text);
            _ready.TrySetException(new InvalidOperationException("the process ended"));
        });
    }

    /// <summary>When it may run the observer.</summary>
    public Task Ready => _ready.Task;

    /// <summary>When all that it wrote was read.</summary>
    public Task Ended { get; }

    public static ObserverProcess Start(string database, Action<ObserverProcess, string> line)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true, RedirectStandardInput = true,
        };
        foreach (var argument in (string[])[ServeName, database]) start.ArgumentList.Add(argument);
        return new ObserverProcess(Process.Start(start)!, line);
    }

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

    public async Task KillAsync()
    {
        _process.Kill();
        await Ended;
    }

    private static string LineOf(ConversationEntry entry) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{entry.ConversationId.Value:N} {entry.Sequence} {entry.Id.Value:N}");
}
