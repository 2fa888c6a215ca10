using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Tests.Unit.ClientSdk;

namespace Chat.Tests.Fixtures;

/// <summary>Node with the stock SignalR client of npm: <c>node/client.mjs</c>.</summary>
internal sealed class NodeClient : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "Chat.Tests", "node");
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    private readonly Process _process;
    private readonly Inbox<JsonElement> _events = new();
    private readonly ConcurrentQueue<string> _said = new();
    private readonly Task _pump;

    private NodeClient(Process process)
    {
        _process = process;
        _pump = Task.WhenAll(PumpAsync(), PumpErrorsAsync());
    }

    /// <summary>Why tests that need Node cannot run here; null when they can, or when they must.</summary>
    public static string? SkipReason => RequiredTools.RequireAll || (RequiredTools.FindOnPath("node") is not null && RequiredTools.FindOnPath("npm") is not null)
        ? null
        : "Node.js is not installed: node and npm are not on the PATH";

    public static async Task<NodeClient> StartAsync(Uri server, string user, ConversationId conversation, int transport)
    {
        await Installed.Value;
        var start = new ProcessStartInfo("node") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "client.mjs", server.ToString(), user, conversation.ToString(), $"{transport}" }) start.ArgumentList.Add(argument);
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
            throw new TimeoutException($"node {(_process.HasExited ? $"has exited with {_process.ExitCode}" : "runs")} and said nothing more than: {string.Join('\n', _said)}");
        }
        return (line.GetProperty("event").GetString()!, line.GetProperty("value"));
    }

    /// <summary>The value of the next event of this name, passing over others.</summary>
    public async Task<JsonElement> UntilAsync(string name)
    {
        while (true)
            if (await NextAsync() is var (found, value) && found == name) return value;
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

    private static async Task InstallAsync()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@microsoft", "signalr")))
            await ProcessRunner.RunAsync(RequiredTools.FindOnPath("npm") ?? throw new InvalidOperationException("npm is not on the PATH"), "ci", "--prefix", Folder, "--no-audit", "--no-fund");
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

/// <summary>A theory that needs Node.js.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute() => Skip = NodeClient.SkipReason;
}
