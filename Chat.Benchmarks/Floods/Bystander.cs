using System.Net;
using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Floods;

/// <summary>A user of the flooded server: sends to a separate conversation, and waits for its own
/// message, ten times a second.</summary>
internal sealed class Bystander(Uri server, TimeProvider time)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private Latencies _latencies = new();
    private int _failures;

    /// <summary>Response times since the last call, and the number of reconnects.</summary>
    public (Latencies Latencies, int Failures) Take() =>
        (Interlocked.Exchange(ref _latencies, new Latencies()), Interlocked.Exchange(ref _failures, 0));

    public async Task RunAsync(CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = server };
        var conversation = await FloodSite.MakeAsync(http, "bystander", ct);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await TalkAsync(conversation, ct);
            }
            catch (Exception e) when (FloodsRun.IsLoss(e) && !ct.IsCancellationRequested)
            {
                Interlocked.Increment(ref _failures);
                await Task.Delay(Rest, time, ct);
            }
        }
    }

    private async Task TalkAsync(string conversation, CancellationToken ct)
    {
        using var line = await new FloodSite(server, IPAddress.Loopback, time).RawAsync("bystander", "", ct);
        await line.SendTextAsync(FloodSite.Command("join", conversation), ct);
        await line.UntilAsync("joined", ct);
        for (var i = 0; ; i++)
        {
            var started = time.GetTimestamp();
            await line.SendTextAsync(FloodSite.Command("message", conversation, $",\"body\":\"no {i}.\""), ct);
            await line.UntilAsync($"no {i}.", ct);
            Volatile.Read(ref _latencies).Add(time.GetElapsedTime(started));
            await Task.Delay(Rest, time, ct);
        }
    }
}
