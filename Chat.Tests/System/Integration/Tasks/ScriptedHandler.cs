using System.Collections.Concurrent;
using System.Threading.Channels;
using Chat.Server.Tasks;

namespace Chat.Tests.Integration.Tasks;

/// <summary>Does what a test says, and tells the test of each attempt.</summary>
internal sealed class ScriptedHandler : ITaskHandler<byte[]>
{
    public const string Type = "test";

    private readonly Channel<(string Text, TaskRun Run)> _begun = Channel.CreateUnbounded<(string, TaskRun)>();

    /// <summary>After the attempt was told. Default: it is done.</summary>
    public Func<string, TaskRun, CancellationToken, Task> Work { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>How often each was begun.</summary>
    public ConcurrentDictionary<string, int> Counts { get; } = new();

    public Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct)
    {
        var text = System.Text.Encoding.UTF8.GetString(payload);
        Counts.AddOrUpdate(text, 1, (_, count) => count + 1);
        _begun.Writer.TryWrite((text, run));
        return Work(text, run, ct);
    }

    /// <summary>The next attempt that nobody was told of.</summary>
    public async Task<(string Text, TaskRun Run)> NextAsync() =>
        await _begun.Reader.ReadAsync().AsTask().WaitAsync(Bounds.Wait);
}
