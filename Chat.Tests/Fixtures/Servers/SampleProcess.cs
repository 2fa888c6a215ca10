using System.Diagnostics;
using System.Threading.Channels;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A built sample as its user runs it: its own process, with a pipe for a keyboard.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _output = [];
    private readonly Task _pumps;

    private SampleProcess(Process process)
    {
        _process = process;
        _pumps = PumpAllAsync();
    }

    /// <summary>All it said so far.</summary>
    public string Output
    {
        get
        {
            lock (_output) return string.Join("\n", _output);
        }
    }

    public static SampleProcess Start(string sample, params string[] arguments) =>
        StartProgram(Repository.Program($"samples/{sample}"), arguments);

    /// <param name="program">Its assembly.</param>
    /// <param name="arguments">Of its command line.</param>
    public static SampleProcess StartProgram(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath()
        };
        foreach (var argument in (string[])[program, .. arguments])
            start.ArgumentList.Add(argument);
        return new SampleProcess(
            Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start"));
    }

    public Task TypeAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>The next line that has this text, passing over others.</summary>
    public async Task<string> UntilAsync(string text)
    {
        using var bound = new CancellationTokenSource(Bounds.Run, TimeProvider.System);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(bound.Token))
                if (line.Contains(text, StringComparison.Ordinal)) return line;
        }
        catch (OperationCanceledException)
        {
            // It is said below.
        }
        throw new InvalidOperationException($"it did not say \"{text}\" but:\n{Output}");
    }

    /// <summary>Ends its input and waits for its own end.</summary>
    public Task<int> EndInputAsync()
    {
        _process.StandardInput.Close();
        return ExitAsync();
    }

    /// <param name="name">INT, TERM or KILL.</param>
    public async Task<int> SignalAsync(string name)
    {
        await ProcessRunner.RunAsync("/bin/sh", "-c", $"kill -{name} {_process.Id}");
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Bounds.Run);
        await _pumps.WaitAsync(Bounds.Run);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _pumps.WaitAsync(Bounds.Run);
        _process.Dispose();
    }

    private async Task PumpAllAsync()
    {
        await Task.WhenAll(PumpAsync(_process.StandardOutput), PumpAsync(_process.StandardError));
        _lines.Writer.Complete();
    }

    private async Task PumpAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (_output) _output.Add(line);
            _lines.Writer.TryWrite(line);
        }
    }
}
