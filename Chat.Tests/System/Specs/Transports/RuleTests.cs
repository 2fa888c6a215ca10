using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Transports;

/// <summary>Rules of docs/protocol.md that concern one transport.</summary>
public sealed class RuleTests
{
    // CH-9
    [Fact]
    public async Task A_reader_that_takes_nothing_is_cut_and_delays_nobody()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        // While its clock stands still nobody is slow. (When it leaps, Pongs do not come as fast.)
        await using var standing = await StandingServer.StartAsync(database.Settings,
            ("Chat:FanOut:WriteTimeoutSeconds", "1"), ("Chat:RawSocket:PingSeconds", "3600"));
        var server = standing.Server;
        using var stuck = await StuckReaderAsync(server.Url);
        await using var reader = await server.ConnectRawAsync("reader");
        await reader.JoinAsync(ConversationId.Lobby);
        await using var sender = await server.ConnectHubAsync("sender");
        var body = new string('x', 60_000);
        const int count = 400; // more than all buffers between the two
        for (var i = 0; i < count; i++)
        {
            await sender.SendAsync(ConversationId.Lobby, body);
            await reader.UntilAsync("message");
        }
        await standing.PassUntilAsync(Eventually.HoldsAsync(async () =>
            (await server.Operators.GetStringAsync("/metrics")).Contains("chat_readers_slow_closed_total 1",
                StringComparison.Ordinal)), near: TimeSpan.FromSeconds(1));
        await sender.SendAsync(ConversationId.Lobby, "after it");
        await reader.UntilAsync("message");
    }

    // CH-24
    [Fact]
    public async Task Calls_that_are_not_awaited_take_effect_in_their_order()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var hub = await server.ConnectHubAsync("ann");
        var receipts = await Task.WhenAll(Enumerable.Range(0, 200)
            .Select(i => hub.SendAsync(ConversationId.Lobby, $"{i}")));
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), receipts.Select(receipt => receipt.Sequence));
    }

    // CH-30, CH-31, CH-32
    [Fact]
    public async Task A_socket_is_answered_the_same_again_and_with_the_first_message()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var plain = await server.ConnectRawAsync("ann");
        await plain.MessageAsync(ConversationId.Lobby, "not joined");
        Assert.Equal("bad_request", (await plain.UntilErrorAsync()).GetProperty("code").GetString());
        await plain.JoinAsync(ConversationId.Lobby);
        await plain.JoinAsync(ConversationId.Lobby);
        await plain.MessageAsync(ConversationId.Lobby, "first", "key");
        var first = await plain.NextTextAsync();
        await using var other = await server.ConnectRawAsync("ben");
        await other.JoinAsync(ConversationId.Lobby);
        await using var withReceipts = await server.ConnectRawAsync("ann", "receipts");
        await withReceipts.JoinAsync(ConversationId.Lobby);

        await plain.MessageAsync(ConversationId.Lobby, "again", "key");
        Assert.Equal(first, await plain.NextTextAsync());
        await withReceipts.MessageAsync(ConversationId.Lobby, "again", "key");
        Assert.True((await withReceipts.UntilAsync("receipt")).GetProperty("duplicate").GetBoolean());
        await plain.MessageAsync(ConversationId.Lobby, "next");
        var shown = await other.UntilAsync("message"); // the repeats came to nobody else
        Assert.Equal("next", shown.GetProperty("message").GetProperty("body").GetString());
    }

    // CH-36
    [Fact]
    public async Task A_newer_socket_replaces_the_older_with_4001_if_wanted_and_a_client_that_closes_gets_1000()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings,
            ("Chat:RawSocket:SingleSessionPerUser", "true"));
        await using var older = await server.ConnectRawAsync("ann");
        await using var newer = await server.ConnectRawAsync("ann");
        await using var other = await server.ConnectRawAsync("ben");
        Assert.Equal(4001, await older.Ended.WaitAsync(Bounds.Wait));
        await newer.JoinAsync(ConversationId.Lobby);
        await other.JoinAsync(ConversationId.Lobby);
        await newer.CloseAsync();
        Assert.Equal(1000, await newer.Ended);
    }

    // CH-44, CH-45
    [Fact]
    public async Task The_room_shows_the_URL_of_an_attachment_and_after_id_comes_before_since()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var hub = await server.ConnectHubAsync("ann");
        await hub.SendAsync(ConversationId.Lobby, null,
            new SendOptions { MsgType = MessageType.Image, AttachmentUrl = "https://example.com/a.png" });
        await hub.SendAsync(ConversationId.Lobby, "text");
        using var joined = await server.Http.PostAsync("/api/join", new StringContent("""{"client_id":"room"}"""));
        Assert.Equal(HttpStatusCode.OK, joined.StatusCode);
        var all = await server.Http.GetStringAsync("/api/messages?client_id=room");
        Assert.Contains("\"message\":\"https://example.com/a.png\"", all, StringComparison.Ordinal);
        Assert.Contains("\"message\":\"text\"", all, StringComparison.Ordinal);
        var ahead = DateTimeOffset.UnixEpoch.AddYears(100).ToUnixTimeSeconds();
        var both = await server.Http.GetStringAsync($"/api/messages?client_id=room&after_id=1&since={ahead}");
        Assert.Contains("\"id\":2,", both, StringComparison.Ordinal);
    }

    /// <summary>A raw socket that joins the lobby and never reads.</summary>
    private static async Task<TcpClient> StuckReaderAsync(Uri server)
    {
        var client = new TcpClient { ReceiveBufferSize = 4_096 };
        await client.ConnectAsync(server.Host, server.Port);
        var stream = client.GetStream();
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /api/v1/chat/ws?user_id=stuck HTTP/1.1\r\nHost: {server.Authority}\r\nUpgrade: "
                + $"websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"));
        await ReadUntilAsync(stream, "\"connected\"}");
        var join = Encoding.ASCII.GetBytes($$"""{"type":"join","conversation_id":"{{ConversationId.Lobby}}"}""");
        await stream.WriteAsync((byte[])[0x81, (byte)(0x80 | join.Length), 0, 0, 0, 0, .. join]); // masked with zeros
        await ReadUntilAsync(stream, "\"joined\"");
        return client;
    }

    private static async Task ReadUntilAsync(NetworkStream stream, string text)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        var (read, buffer) = (new StringBuilder(), new byte[1_024]);
        while (!read.ToString().Contains(text, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, bound.Token);
            Assert.NotEqual(0, count);
            read.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
    }
}
