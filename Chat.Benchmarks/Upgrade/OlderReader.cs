using System.Diagnostics;
using System.Text.Json;

namespace Chat.Benchmarks.Upgrade;

/// <summary>A program of the version before that reads a conversation and says what it is shown, as JSON
/// lines.</summary>
internal sealed class OlderReader : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, string> _shown = [];
    private readonly List<string> _errors = [];
    private readonly Task _pump;
    private int _repeats;
    private string _view = "";
    private long _sent;

    private OlderReader(string name, Process process)
    {
        (Name, _process) = (name, process);
        _pump = Task.WhenAll(PumpAsync(), PumpErrorsAsync());
    }

    public string Name { get; }

    /// <summary>All entries that it received, by sequence.</summary>
    public IReadOnlyDictionary<long, string> Shown
    {
        get
        {
            lock (_gate) return new SortedDictionary<long, string>(_shown);
        }
    }

    /// <summary>The last state of its view; empty when it has no view.</summary>
    public string View => Volatile.Read(ref _view);

    /// <summary>The sequence of the last message that it sent; 0 before the first.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>The .NET SDK.</summary>
    public static OlderReader StartDotNet(string before, string name, Uri server, string conversation) =>
        Start(name, Path.Combine(before, "reader", "Reader"), before, [$"{server}", name, conversation]);

    /// <summary>The JavaScript SDK, which waits for messages of somebody who never comes.</summary>
    public static OlderReader StartJavaScript(string before, string name, Uri server, string conversation) => Start(
        name, "node", Path.Combine(before, "source", "Chat.Tests", "node"),
        ["chat.mjs", $"{server}", name, conversation, "1000000", "nobody"]);

    public Task SendAsync(string text) => _process.StandardInput.WriteLineAsync(text);

    /// <summary>What is wrong with what it was shown until there; null when nothing is, or when something is still
    /// missing.</summary>
    public string? Problem(long head)
    {
        lock (_gate)
        {
            if (_repeats > 0) return $"{Name} was shown {_repeats} entries twice";
            if (_process.HasExited) return $"{Name} has ended: {string.Join(' ', _errors)}";
            return _shown.Keys.LastOrDefault() >= head && _shown.Keys.Count(one => one <= head) != head
                ? $"{Name} was shown {string.Join(' ', _shown.Keys)}"
                : null;
        }
    }

    /// <summary>True when it has received everything up to this sequence.</summary>
    public bool HasReached(long head)
    {
        lock (_gate) return _shown.ContainsKey(head) || _process.HasExited;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _pump;
        _process.Dispose();
    }

    private static OlderReader Start(string name, string program, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return new OlderReader(name, Process.Start(start) ?? throw new InvalidOperationException($"no {program}"));
    }

    private async Task PumpAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var said = JsonDocument.Parse(line).RootElement;
            var value = said.GetProperty("value");
            switch (said.GetProperty("event").GetString())
            {
                case "shown":
                    Note(value);
                    break;
                case "view":
                    Volatile.Write(ref _view, value.GetRawText());
                    break;
                case "sent":
                    Volatile.Write(ref _sent, value.GetProperty("sequence").GetInt64());
                    break;
            }
        }
    }

    private void Note(JsonElement entry)
    {
        var body = entry.TryGetProperty("body", out var text) ? text.GetString() : null;
        lock (_gate)
            if (!_shown.TryAdd(entry.GetProperty("sequence").GetInt64(), $"{entry.GetProperty("kind")} {body}".Trim()))
                _repeats++;
    }

    private async Task PumpErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
            lock (_gate) _errors.Add(line);
    }
}
