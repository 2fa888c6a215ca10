using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Proxy;

/// <summary>The proxy of docker-compose.yml, as it is configured there, before two real servers.</summary>
[Collection(Heavy.Name)]
public sealed class NginxTests
{
    [NginxFact]
    public async Task Every_transport_works_through_it_over_both_instances()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var one = await TestServer.StartAsync(database.Settings,
            ("Chat:FanOut:HeadCheckMilliseconds", "50"));
        await using var two = await TestServer.StartAsync(database.Settings,
            ("Chat:FanOut:HeadCheckMilliseconds", "50"));
        await using var front = await NginxFront.StartAsync(one.Url, two.Url);
        await using var writer = await ConnectAsync(front.Url, "writer");
        var readers = new List<ResumingHub>();
        Func<ChatClientOptions, ChatClientOptions>[] kinds =
        [
            options => options with { Transports = ChatTransports.WebSockets, SkipNegotiation = true },
            options => options with { Transports = ChatTransports.WebSockets },
            options => options with { Transports = ChatTransports.LongPolling },
            options => options with { Transports = ChatTransports.ServerSentEvents },
        ];
        // As many users of each kind as make it certain that some are on either instance.
        for (var i = 0; i < 24; i++)
            readers.Add(await ResumingHub.StartAsync(front.Url, $"user{i}", ConversationId.Lobby,
                kinds[i % kinds.Length]));
        var raws = new List<ResumingReader>();
        for (var i = 0; i < 4; i++) raws.Add(new ResumingReader(front.Url, $"raw{i}", ConversationId.Lobby));

        await writer.SendAsync(ConversationId.Lobby, "hello");
        foreach (var seen in readers.Select(reader => reader.Seen).Concat(raws.Select(raw => raw.Seen)))
        {
            await seen.UntilAsync(1);
            Assert.Equal([1], seen.All);
        }
        foreach (var server in new[] { one, two })
        {
            var metrics = await server.Operators.GetStringAsync("/metrics");
            Assert.DoesNotContain("chat_connections{transport=\"signalr\"} 0", metrics, StringComparison.Ordinal);
            Assert.DoesNotContain("chat_connections{transport=\"websocket\"} 0", metrics, StringComparison.Ordinal);
        }
        foreach (var reader in readers) await reader.DisposeAsync();
        foreach (var raw in raws) await raw.DisposeAsync();
    }

    [NginxFact]
    public async Task A_long_poll_waits_and_is_answered_when_something_comes_and_the_metrics_are_not_for_everybody()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var one = await TestServer.StartAsync(database.Settings,
            ("Chat:FanOut:HeadCheckMilliseconds", "50"));
        await using var two = await TestServer.StartAsync(database.Settings,
            ("Chat:FanOut:HeadCheckMilliseconds", "50"));
        await using var front = await NginxFront.StartAsync(one.Url, two.Url);
        using var http = new HttpClient { BaseAddress = front.Url };
        (await http.PostAsJsonAsync("/api/join", new { client_id = "ann" })).EnsureSuccessStatusCode();
        var polls = Enumerable.Range(0, 4).Select(_ => http.GetAsync("/api/messages?client_id=ann&after_id=0"))
            .ToList();
        (await http.PostAsJsonAsync("/api/send",
            new { client_id = "ann", message = "news" })).EnsureSuccessStatusCode();
        foreach (var poll in polls)
        {
            using var answer = await poll.WaitAsync(Bounds.Wait);
            var messages = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messages");
            Assert.Equal("news", messages.EnumerateArray().Single().GetProperty("message").GetString());
            Assert.Equal("1", answer.Headers.GetValues("X-Chat-Cursor").Single());
        }
        await Eventually.HoldsAsync(async () => (await http.GetAsync("/health/ready")).IsSuccessStatusCode);
        foreach (var path in (string[])["/metrics", "/metrics/", "/Metrics", "/%6detrics", "/./metrics", "/tasks",
            "/docs"])
            Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(path)).StatusCode);
    }

    [NginxFact]
    public async Task The_servers_see_the_address_of_the_client_and_not_what_it_claims()
    {
        await using var server = await ServerProcess.ServeAsync(("Chat__Server__TrustedProxies", "127.0.0.1"),
            ("Logging__LogLevel__Chat.Server.Transports.WebSockets", "Debug"));
        await using var front = await NginxFront.StartAsync(server.Url, server.Url);
        using var elsewhere = new SocketsHttpHandler
        {
            ConnectCallback = (context, ct) => ConnectFromAsync(IPAddress.Parse("127.0.0.7"), context.DnsEndPoint, ct)
        };
        using var http = new HttpClient(elsewhere) { BaseAddress = front.Url };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        using (var refused = await http.GetAsync("/api/v1/chat/ws"))
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await server.TerminateAsync();
        Assert.Equal(0, await server.ExitAsync());
        Assert.Contains("Refused a raw socket of 127.0.0.7", server.Output, StringComparison.Ordinal);
    }

    [NginxFact]
    public async Task When_an_instance_drains_its_clients_come_back_through_the_other_with_nothing_lost_or_repeated()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var one = await TestServer.StartAsync(database.Settings, ("Chat:FanOut:HeadCheckMilliseconds", "50"));
        await using var two = await TestServer.StartAsync(database.Settings,
            ("Chat:FanOut:HeadCheckMilliseconds", "50"));
        await using var front = await NginxFront.StartAsync(one.Url, two.Url);
        await using var owner = await two.ConnectHubAsync("owner");
        var users = Enumerable.Range(0, 12).Select(i => $"user{i}").Concat(["raw0", "raw1", "node", "sender"]).ToList();
        var conversation = (await owner.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [.. users.Select(UserId.Parse)] })).Id;
        var readers = new List<ResumingHub>();
        for (var i = 0; i < 12; i++)
            readers.Add(await ResumingHub.StartAsync(front.Url, $"user{i}", conversation,
                options => options with { Transports = i % 2 == 0 ? ChatTransports.LongPolling : ChatTransports.All }));
        await using var raw0 = new ResumingReader(front.Url, "raw0", conversation);
        await using var raw1 = new ResumingReader(front.Url, "raw1", conversation, "seq,reconnect");
        await using var node = Node.SkipReason is null
            ? await NodeClient.StartAsync(front.Url, "node", conversation, transport: 4)
            : null;
        if (node is not null) await node.UntilAsync("receipt");
        var sending = true;
        var sender = new KeyedSender(front.Url, "sender", conversation, () => Volatile.Read(ref sending));
        var running = sender.RunAsync();
        await raw0.Seen.UntilAsync(20);

        await one.Services.GetRequiredService<Server.Hosting.Drain.Drain>().RunAsync().WaitAsync(Bounds.Wait);
        await raw0.Seen.UntilAsync(raw0.Seen.Last + 20);
        await one.DisposeAsync(); // from now on nothing listens there
        await raw0.Seen.UntilAsync(raw0.Seen.Last + 20);
        Volatile.Write(ref sending, false);
        await running.WaitAsync(Bounds.Wait);

        var last = (await owner.SendAsync(conversation, "end")).Sequence;
        var whole = Enumerable.Range(1, (int)last).Select(sequence => (long)sequence);
        foreach (var seen in readers.Select(reader => reader.Seen).Concat([raw0.Seen, raw1.Seen]))
        {
            await seen.UntilAsync(last);
            Assert.Equal(whole, seen.All);
        }
        if (node is not null)
        {
            var seen = new List<long>();
            while (seen.LastOrDefault() < last)
                seen.Add((await node.UntilAsync("message")).GetProperty("sequence").GetInt64());
            Assert.Equal(whole.Skip((int)seen[0] - 1), seen);
        }
        foreach (var reader in readers) await reader.DisposeAsync();
    }

    private static async Task<ChatHubConnection> ConnectAsync(Uri server, string user)
    {
        var hub = new ChatHubConnection(ChatClientOptions.ForServer(server) with { UserId = UserId.Parse(user) });
        await hub.StartAsync();
        return hub;
    }

    private static async ValueTask<Stream> ConnectFromAsync(IPAddress address, DnsEndPoint to, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        await socket.ConnectAsync(IPAddress.Parse(to.Host), to.Port, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
