using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Connections;

/// <summary>CH-112, CH-113: messages that are begun and not finished, on every transport.</summary>
public sealed class UnfinishedMessageTests
{
    private const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";

    [Fact]
    public async Task An_unfinished_message_ends_its_connection_and_no_other()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var standing = await StandingServer.StartAsync(database.Settings);
        var server = standing.Server;
        using var raw = await OpenAsync(server, "api/v1/chat/ws");
        using var hub = await OpenAsync(server, "hubs/chat");
        await using var idle = await server.ConnectRawAsync("idle", "seq");
        await SendAsync(hub, Handshake, isLast: true);
        using (var bound = new CancellationTokenSource(Bounds.Wait))
            await hub.ReceiveAsync(new byte[1_024].AsMemory(), bound.Token); // nothing of the handshake is held
        var ends = Task.WhenAll(EndAsync(raw), EndAsync(hub));
        var rest = Task.FromResult("");
        await HoldsMoreAsync(server, () => SendAsync(raw, "{\"type\":", isLast: false));
        // SignalR's end of it is missing.
        await HoldsMoreAsync(server, () => SendAsync(hub, "{\"type\":1,\"target\":\"Leave\"", isLast: true));
        await HoldsMoreAsync(server, () =>
        {
            rest = RestAsync(server);
            return Task.CompletedTask;
        });
        standing.Pass(TimeSpan.FromSeconds(31));
        await Eventually.HoldsAsync(() =>
        {
            standing.Pass(TimeSpan.FromMilliseconds(5)); // some ends have a grace; they take it in about real time
            return ends.IsCompleted && rest.IsCompleted;
        });
        var answers = await ends;

        Assert.Equal((4002, "a message must be complete within 30 s"), (answers[0].Code, answers[0].Text));
        Assert.Contains("a message must be complete within 30 s", answers[1].Received, StringComparison.Ordinal);
        Assert.Contains("\"allowReconnect\":true", answers[1].Received, StringComparison.Ordinal);
        var refusal = await rest;
        Assert.StartsWith("HTTP/1.1 408", refusal, StringComparison.Ordinal);
        Assert.EndsWith("""{"error":"the body must be complete within 30 s"}""", refusal, StringComparison.Ordinal);
        await idle.JoinAsync(ConversationId.Lobby);
    }

    [Theory]
    [InlineData("api/v1/chat/ws")]
    [InlineData("hubs/chat")]
    public async Task Beyond_what_they_may_hold_the_oldest_are_cut(string path)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(
            database.Settings, ("Chat:Memory:UnfinishedBytes", "4194304"));
        var sockets = new List<ClientWebSocket>();
        for (var i = 0; i < 12; i++)
        {
            sockets.Add(await OpenAsync(server, path));
            if (path.StartsWith("hubs", StringComparison.Ordinal)) await SendAsync(sockets[i], Handshake, isLast: true);
        }
        var first = EndAsync(sockets[0]);
        foreach (var socket in sockets)
            await TryBeginAsync(socket);
        await first.WaitAsync(Bounds.Wait);
        await Eventually.HoldsAsync(async () => Held(await server.Operators.GetStringAsync("/metrics")) <= 4_194_304);
        await using var bystander = await server.ConnectHubAsync("bystander");
        await bystander.SendAsync(ConversationId.Lobby, new string('y', 60_000));
        foreach (var socket in sockets) socket.Dispose();
        Assert.Contains("unfinished", await server.Operators.GetStringAsync("/metrics"), StringComparison.Ordinal);
        server.TakeErrors();
    }

    /// <summary>Begins a message, and waits until the server has that part.</summary>
    private static async Task HoldsMoreAsync(TestServer server, Func<Task> begin)
    {
        var before = Held(await server.Operators.GetStringAsync("/metrics"));
        await begin();
        await Eventually.HoldsAsync(
            async () => Held(await server.Operators.GetStringAsync("/metrics")) > before);
    }

    private static long Held(string metrics) => long.Parse(
        metrics.Split('\n').First(line => line.StartsWith("chat_memory_held", StringComparison.Ordinal)
            && line.Contains("unfinished", StringComparison.Ordinal)).Split(' ')[^1],
        System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<ClientWebSocket> OpenAsync(TestServer server, string path)
    {
        var socket = new ClientWebSocket();
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await socket.ConnectAsync(new Uri($"ws://{server.Url.Authority}/{path}?user_id=ann"), bound.Token);
        return socket;
    }

    private static async Task SendAsync(ClientWebSocket socket, string text, bool isLast)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, isLast, bound.Token);
    }

    /// <summary>Most of a message; it may be cut already.</summary>
    private static Task TryBeginAsync(ClientWebSocket socket) => Task.WhenAny(
        SendAsync(socket, "{\"type\":1,\"body\":\"" + new string('x', 900_000), isLast: false));

    /// <summary>Reads to the end: its code, and all that came.</summary>
    private static async Task<(int? Code, string? Text, string Received)> EndAsync(ClientWebSocket socket)
    {
        var received = new StringBuilder();
        var buffer = new byte[4_096];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                    return ((int?)socket.CloseStatus, socket.CloseStatusDescription, $"{received}");
                received.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            }
        }
        catch (WebSocketException)
        {
            return (null, null, $"{received}");
        }
    }

    private static async Task<string> RestAsync(TestServer server)
    {
        using var client = new TcpClient();
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await client.ConnectAsync(server.Url.Host, server.Url.Port, bound.Token);
        await using var stream = client.GetStream();
        var head = $"POST /api/send HTTP/1.1\r\nHost: {server.Url.Authority}\r\nContent-Length: 999\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "{"), bound.Token);
        var answer = new StringBuilder();
        var buffer = new byte[4_096];
        for (int count; (count = await stream.ReadAsync(buffer, bound.Token)) > 0;)
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
            if ($"{answer}".Contains('}', StringComparison.Ordinal)) break;
        }
        return $"{answer}";
    }
}
