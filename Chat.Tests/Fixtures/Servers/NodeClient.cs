using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A program in Node that says what happens: <c>node/client.mjs</c>, the stock SignalR client of npm, or
/// another.</summary>
internal sealed class NodeClient : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Inbox<JsonElement> _events = new();
    private readonly ConcurrentQueue<string> _said = new();
    private readonly Task _pump;

    private NodeClient(Process process)
    {
        _process = process;
        _pump = Task.WhenAll(PumpAsync(), PumpErrorsAsync());
    }

    public static Task<NodeClient> StartAsync(
        Uri server, string user, ConversationId conversation, int transport, string protocol = "json") =>
        RunAsync(Node.Folder, "client.mjs", server.ToString(), user, conversation.ToString(), $"{transport}", protocol);

    /// <summary>Runs a program that says what happens as JSON lines.</summary>
    public static async Task<NodeClient> RunAsync(string folder, params string[] arguments)
    {
        await Node.EnsureInstalledAsync();
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            RedirectStandardInput = true
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return new NodeClient(Process.Start(start) ?? throw new InvalidOperationException("node does not start"));
    }

    /// <summary>The next thing it said.</summary>
    public async Task<(string Event, JsonElement Value)> NextAsync()
    {
        JsonElement line;
        try
        {
            line = await _events.NextAsync();
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"node {(_process.HasExited ? $"has exited with {_process.ExitCode}" : "runs")} and said nothing more "
                    + $"than: {string.Join('\n', _said)}");
        }
        return (line.GetProperty("event").GetString()!, line.GetProperty("value"));
    }

    /// <summary>The value of the next event of this name, passing over others.</summary>
    public async Task<JsonElement> UntilAsync(string name)
    {
        while (true)
            if (await NextAsync() is var (found, value) && found == name) return value;
    }

    /// <summary>Writes a line to its standard input.</summary>
    public async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Bounds.Wait);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _pump.WaitAsync(Bounds.Wait);
        _process.Dispose();
    }

    private async Task PumpAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _said.Enqueue(line);
            _events.Add(JsonDocument.Parse(line).RootElement);
        }
    }

    private async Task PumpErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line) _said.Enqueue(line);
    }
}
