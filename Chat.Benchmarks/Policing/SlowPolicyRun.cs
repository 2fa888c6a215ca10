using Chat.Benchmarks.Load;
using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.Policies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Benchmarks.Policing;

/// <summary>Sends of connections that nothing holds up, while a policy takes its time over those of others and while
/// it does not, in turns.</summary>
internal sealed class SlowPolicyRun(LoadOptions options, LoadReport report, TimeProvider time)
{
    public async Task RunAsync()
    {
        await using var postgres = await PostgresServer.StartNewAsync(durable: true);
        await using var app = await ServeAsync(await postgres.CreateDatabaseAsync());
        var server = new Uri(app.Urls.First() + "/chat/");
        var calm = new List<(ChatHubConnection Hub, ConversationId Conversation)>();
        var held = new List<ChatHubConnection>();
        for (var i = 0; i < Math.Max(1, options.Int("senders")); i++)
        {
            var hub = await ConnectAsync(server, $"calm{i}");
            calm.Add((hub, await CreateAsync(hub)));
        }
        for (var i = 0; i < Math.Max(1, options.Int("slow")); i++) held.Add(await ConnectAsync(server, $"held{i}"));
        var slow = app.Services.GetRequiredService<Slowly>();
        slow.In = (await held[0].CreateConversationAsync(new()
        {
            ParticipantIds = [.. held.Select((_, i) => UserId.Parse($"held{i}"))],
        })).Id;
        var (without, with) = (new Latencies(), new Latencies());
        await SendAsync(calm, new Latencies());
        for (var round = 0; round < Math.Max(1, options.Int("rounds")); round++)
            foreach (var isSlow in round % 2 == 0 ? (bool[])[false, true] : [true, false])
            {
                using var ending = new CancellationTokenSource();
                var holding = isSlow
                    ? held.ConvertAll(hub => HoldAsync(hub, slow.In, ending.Token))
                    : [];
                await SendAsync(calm, isSlow ? with : without);
                await ending.CancelAsync();
                await Task.WhenAll(holding);
            }
        report.Add("slow_without_", without);
        report.Add("slow_with_", with);
        report.Add("slow_p50_ratio", with.Quantile(0.5) / without.Quantile(0.5));
        report.Add("slow_p99_ratio", with.Quantile(0.99) / without.Quantile(0.99));
        report.Add("slow_held_up", slow.Asked);
        foreach (var hub in calm.ConvertAll(one => one.Hub).Concat(held)) await hub.DisposeAsync();
    }

    private async Task<WebApplication> ServeAsync(string database)
    {
        var builder = WebApplication.CreateSlimBuilder(
            ["--Chat:Identity:Mode=Open", "--Chat:Limits:Factor=0", "--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new Slowly(options.Seconds("takes"), time));
        builder.Services.AddChat().UsePostgres(database, "public")
            .AddPolicy<Slowly>(policy => policy.Budget = ChatPolicyOptions.MaxBudget);
        var app = builder.Build();
        app.MapChat();
        await app.StartAsync();
        return app;
    }

    private static async Task<ChatHubConnection> ConnectAsync(Uri server, string user)
    {
        var hub = new ChatHubConnection(
            ChatClientOptions.ForServer(server) with { UserId = UserId.Parse(user), Reconnect = null });
        await hub.StartAsync();
        return hub;
    }

    private static async Task<ConversationId> CreateAsync(ChatHubConnection hub) =>
        (await hub.CreateConversationAsync(new() { ParticipantIds = [UserId.Parse("ben")] })).Id;

    private static async Task HoldAsync(ChatHubConnection hub, ConversationId conversation, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested) await hub.SendAsync(conversation, "one that takes its time");
    }

    private async Task SendAsync(List<(ChatHubConnection Hub, ConversationId Conversation)> senders, Latencies took)
    {
        var (rate, sends) = (options.Int("rate"), new List<Task>());
        var count = (int)(rate * options.Seconds("seconds").TotalSeconds);
        var pace = new Pace(rate, time);
        for (var i = 0; i < count; i++)
        {
            await pace.NextAsync(CancellationToken.None);
            sends.Add(OneAsync(senders[i % senders.Count]));
        }
        await Task.WhenAll(sends);

        async Task OneAsync((ChatHubConnection Hub, ConversationId Conversation) sender)
        {
            var at = time.GetTimestamp();
            await sender.Hub.SendAsync(sender.Conversation, "a few words of text");
            took.Add(time.GetElapsedTime(at));
        }
    }

    private sealed class Slowly(TimeSpan takes, TimeProvider time) : IChatPolicy
    {
        private int _asked;

        /// <summary>Where it takes its time.</summary>
        public ConversationId In { get; set; }

        /// <summary>How often it did.</summary>
        public int Asked => Volatile.Read(ref _asked);

        public async ValueTask<ChatVerdict> DecideAsync(ChatAct act, CancellationToken ct)
        {
            if (act.Kind != ChatActKind.Send || act.ConversationId != In) return ChatVerdict.Allow;
            Interlocked.Increment(ref _asked);
            await Task.Delay(takes, time, ct);
            return ChatVerdict.Allow;
        }
    }
}
