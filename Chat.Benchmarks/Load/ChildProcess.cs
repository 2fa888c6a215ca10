using System.Diagnostics;

namespace Chat.Benchmarks.Load;

/// <summary>This program in a process of its own, which writes when it is ready and then what it has to say.</summary>
internal abstract class ChildProcess
{
    /// <summary>What it writes when it is ready.</summary>
    protected const string ReadyLine = "ready";

    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="arguments">Of its command line.</param>
    protected ChildProcess(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true, RedirectStandardInput = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        Ended = Task.Run(ReadAsync);
    }

    /// <summary>When it is ready.</summary>
    public Task Ready => _ready.Task;

    /// <summary>When all that it wrote was read.</summary>
    protected Task Ended { get; }

    /// <summary>What it reads.</summary>
    protected StreamWriter Input => _process.StandardInput;

    public async Task KillAsync()
    {
        _process.Kill();
        await Ended;
    }

    /// <summary>A line that it wrote; may come before the constructor of the derived class ends.</summary>
    protected abstract void Take(string line);

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            if (line == ReadyLine) _ready.TrySetResult();
            else Take(line);
        _ready.TrySetException(new InvalidOperationException("the process ended"));
    }
}
