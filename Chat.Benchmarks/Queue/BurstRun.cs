using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Chat.Benchmarks.Load;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Queue;

/// <summary>One sender's messages wait while their queue is paused; then it goes on.</summary>
internal sealed class BurstRun(ServerSite site, LoadOptions options, TimeProvider time) : IDisposable
{
    private const string Queue = "chat";
    private const int Posting = 16, WarmUp = 1_000, Quiet = 50;

    /// <summary>Longer than the server needs to notice a pause.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new() { BaseAddress = site.Url };

    public async Task<JsonObject> RunAsync()
    {
        await using var reader = await site.ConnectAsync("reader");
        var burst = await CreateAsync(reader, "burst");
        var others = new List<ConversationId>();
        for (var i = 0; i < Math.Max(1, options.Int("others")); i++) others.Add(await CreateAsync(reader, $"other{i}"));
        var arrivals = new BurstArrivals(burst, time);
        using var arriving = reader.OnMessage(arrivals.Note);
        foreach (var conversation in others.Append(burst)) await reader.JoinAsync(conversation);

        await PostAsync(burst, WarmUp);
        await arrivals.WhenAsync(WarmUp);
        await ProbeAsync(arrivals, others, Quiet);
        var quiet = await ProbeAsync(arrivals, others, Quiet);

        await site.Stores.TaskAdmin.SetPausedAsync(Queue, true, CancellationToken.None);
        await Task.Delay(Beat, time);
        var (messages, began) = (options.Int("messages"), time.GetTimestamp());
        await PostAsync(burst, messages);
        var accepted = time.GetElapsedTime(began);
        var drained = arrivals.WhenAsync(WarmUp + messages);
        var first = arrivals.WhenAsync(WarmUp + 1);
        await site.Stores.TaskAdmin.SetPausedAsync(Queue, false, CancellationToken.None);
        var from = await first;
        var meanwhile = await ProbeAsync(arrivals, others, int.MaxValue, drained);
        var to = await drained;
        return new JsonObject
        {
            ["messages"] = messages, ["accepted_s"] = Math.Round(accepted.TotalSeconds, 2),
            ["drained_s"] = Math.Round(time.GetElapsedTime(from, to).TotalSeconds, 2),
            ["others"] = meanwhile.Count, ["others_p50_ms"] = Math.Round(meanwhile.Quantile(0.5), 1),
            ["others_p95_ms"] = Math.Round(meanwhile.Quantile(0.95), 1),
            ["others_max_ms"] = Math.Round(meanwhile.Max, 1),
            ["quiet_p50_ms"] = Math.Round(quiet.Quantile(0.5), 1),
            ["quiet_p95_ms"] = Math.Round(quiet.Quantile(0.95), 1),
        };
    }

    public void Dispose() => _http.Dispose();

    private static async Task<ConversationId> CreateAsync(ChatHubConnection reader, string sender) =>
        (await reader.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse("reader"), UserId.Parse(sender), UserId.Parse("third")]
        })).Id;

    private async Task PostAsync(ConversationId conversation, int messages)
    {
        var left = messages;
        await Task.WhenAll(Enumerable.Range(0, Posting).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0) await PostAsync(conversation, "burst", "one of many");
        })));
    }

    private async Task PostAsync(ConversationId conversation, string sender, string body)
    {
        using var answer = await _http.PostAsJsonAsync(
            $"/api/v1/chat/{conversation}", new { sender_id = sender, body });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Time from the request to the message at a reader, for all other senders together.</summary>
    private async Task<Latencies> ProbeAsync(
        BurstArrivals arrivals, List<ConversationId> others, int most, Task? until = null)
    {
        var latencies = new Latencies();
        await Task.WhenAll(others.Select((conversation, i) => Task.Run(async () =>
        {
            for (var n = 0; n < most && until?.IsCompleted != true; n++)
            {
                var body = $"{Guid.NewGuid():N}";
                var (shown, began) = (arrivals.Expect(body), time.GetTimestamp());
                await PostAsync(conversation, $"other{i}", body);
                latencies.Add(time.GetElapsedTime(began, await shown));
            }
        })));
        return latencies;
    }
}
