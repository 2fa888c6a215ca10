using BenchmarkDotNet.Attributes;
using Chat.Server.Core;

namespace Chat.Benchmarks.Micro;

/// <summary>Durable appends through the log's lane on SQLite (WAL, synchronous FULL): what group commit makes of many
/// senders at once.</summary>
public class AppendBenchmark
{
    private MicroServer? _server;

    /// <summary>Concurrent appends.</summary>
    [Params(1, 64, 1_024)]
    public int AtOnce { get; set; }

    [GlobalSetup]
    public void Start() => _server = MicroServer.Start();

    [GlobalCleanup]
    public void Stop() => _server!.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>All of them, until the last is durable.</summary>
    [Benchmark]
    public async Task AppendAll()
    {
        var server = _server!;
        var stored = new Task<Appended>[AtOnce];
        for (var i = 0; i < stored.Length; i++)
            stored[i] = await server.Log.EnqueueAsync(server.Draft(), CancellationToken.None);
        await Task.WhenAll(stored);
    }
}
