using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Server.Connections;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Specs.Transports;

/// <summary>Which peers are still there (CH-37, CH-28).</summary>
public sealed class SilenceTests
{
    private const string Raw = "/api/v1/chat/ws?user_id=ann";
    private const string Leave = """{"type":"leave","conversation_id":"00000000-0000-0000-0000-000000000009"}""";

    /// <summary>Between two looks of the server at its sockets, with the settings that follow.</summary>
    private static readonly TimeSpan PulseBeat = TimeSpan.FromMilliseconds(125);

    private static readonly (string, string)[] Quick =
        [("Chat:RawSocket:PingSeconds", "1"), ("Chat:RawSocket:PongTimeoutSeconds", "1")];

    // What is not to be cut has longer than a busy machine takes to answer.
    private static readonly (string, string)[] Patient =
        [("Chat:RawSocket:PingSeconds", "1"), ("Chat:RawSocket:PongTimeoutSeconds", "8")];

    // CH-37
    [Fact]
    public async Task Pings_come_whatever_else_does_and_a_client_that_sends_frames_needs_no_pong()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var standing = await StandingServer.StartAsync(database.Settings, Quick);
        using var socket = await FrameSocket.ConnectAsync(standing.Server.Url, Raw);
        await socket.UntilAsync("connected");
        await socket.SendAsync(Leave);
        for (var pings = 0; pings < 11;) // the last comes long after the silence that is allowed
        {
            var frame = await socket.NextAsync();
            frame.Should().NotBeNull("whole frames come from it all the time");
            if (frame!.Value.Opcode == FrameSocket.Ping) pings++;
            else
            {
                standing.Pass(TimeSpan.FromMilliseconds(100)); // a frame has come from it in that time
                await socket.SendAsync(Leave); // it is answered, and so on
            }
        }
    }

    // CH-37
    [Fact]
    public async Task A_raw_socket_that_sends_nothing_is_pinged_and_then_cut()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings, Quick);
        using var socket = await FrameSocket.ConnectAsync(server.Url, Raw);
        await socket.UntilAsync("connected");
        (await socket.NextAsync())!.Value.Opcode.Should().Be(FrameSocket.Ping);
        while (await socket.NextAsync() is { } frame) frame.Opcode.Should().Be(FrameSocket.Ping);
    }

    // CH-37, CH-326
    [Fact]
    public async Task A_pause_of_the_server_is_no_silence_of_its_clients()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var standing = await StandingServer.StartAsync(database.Settings, Quick);
        using var socket = await FrameSocket.ConnectAsync(standing.Server.Url, Raw);
        await socket.UntilAsync("connected");
        await standing.IsWaitedForAsync(PulseBeat);
        standing.Pass(TimeSpan.FromMinutes(10));
        (await socket.NextAsync())!.Value.Opcode.Should().Be(FrameSocket.Ping, "it is asked anew, and not cut");
        // It has the whole time again, and no more.
        await standing.PassUntilAsync(EndAsync(), PulseBeat);

        async Task EndAsync()
        {
            while (await socket.NextAsync() is { } frame) frame.Opcode.Should().Be(FrameSocket.Ping);
        }
    }

    // CH-37
    [Fact]
    public async Task A_library_that_answers_pings_may_be_idle()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings, Patient);
        await using var idle = await server.ConnectRawAsync("idle");
        using var silent = await FrameSocket.ConnectAsync(server.Url, Raw);
        while (await silent.NextAsync() is not null) { } // longer than the silence that is allowed
        await idle.JoinAsync(ConversationId.Lobby);
    }

    // CH-9
    [Fact]
    public async Task A_peer_that_takes_no_answers_is_cut_as_one_that_takes_no_messages()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings,
            ("Chat:FanOut:WriteTimeoutSeconds", "1"));
        using var socket = await FrameSocket.ConnectAsync(server.Url, Raw);
        await socket.UntilAsync("connected");
        var sending = async () =>
        {
            while (true) await socket.SendAsync(Leave); // and it takes none of the answers
        };
        await sending.Should().ThrowAsync<IOException>();
        // The connection is cut, then it is counted.
        await server.UntilMetricAsync("chat_readers_slow_closed_total 1");
    }

    // CH-36
    [Fact]
    public async Task A_newer_session_waits_for_no_older_one_that_takes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings,
            ("Chat:RawSocket:SingleSessionPerUser", "true"), ("Chat:FanOut:WriteTimeoutSeconds", "3600"));
        var connections = server.Services.GetRequiredService<ConnectionRegistry>();
        using var older = await FrameSocket.ConnectAsync(server.Url, Raw);
        await older.UntilAsync("connected");
        await older.SendAsync($$"""{"type":"join","conversation_id":"{{ConversationId.Lobby}}"}""");
        await older.UntilAsync("joined");
        var stuck = connections.Of(UserId.Parse("ann").Key()).Should().ContainSingle().Subject;
        await using var writer = await server.ConnectHubAsync("bob");
        while (stuck.Outbound!.WritePendingFor == TimeSpan.Zero)
            await writer.SendAsync(ConversationId.Lobby, new string('x', 60_000));

        for (var i = 0; i < 3; i++)
        {
            await using var newer = await server.ConnectRawAsync("ann");
            await newer.JoinAsync(ConversationId.Lobby);
        }

        await Eventually.HoldsAsync(() => Task.FromResult(stuck.HasEnded));
    }

    // CH-28
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hub_client_that_never_pings_is_ended_when_it_is_silent(bool overEvents)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await StartImpatientAsync(database);
        if (overEvents) await ReadEventsAsync(server);
        else
        {
            await using var hub = await HubTextClient.ConnectAsync(server.Url, "ann");
            await hub.Ended.WaitAsync(Bounds.Wait);
        }
        var connections = server.Services.GetRequiredService<ConnectionRegistry>();
        await Eventually.HoldsAsync(() => Task.FromResult(connections.Of(UserId.Parse("ann").Key()).Count == 0));
    }

    // CH-28
    [Fact]
    public async Task The_silence_of_a_hub_client_is_that_of_a_raw_socket()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        server.Services.GetRequiredService<IOptions<HubOptions>>().Value.ClientTimeoutInterval
            .Should().Be(TimeSpan.FromSeconds(60));
    }

    // RFC 6455, 4.2.2
    [Theory]
    [InlineData(Raw, null)]
    [InlineData(Raw, "8")]
    [InlineData("/hubs/chat?user_id=ann", null)]
    [InlineData("/hubs/chat?user_id=ann", "14")]
    public async Task A_handshake_of_another_version_is_told_which_one_is_spoken(string path, string? version)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        using var socket = await FrameSocket.ConnectAsync(server.Url, path, version);
        socket.Head.Should().StartWith("HTTP/1.1 426 ").And.Contain("Sec-WebSocket-Version: 13\r\n")
            .And.Contain("Upgrade: websocket\r\n");
    }

    private static Task<TestServer> StartImpatientAsync(TestDatabase database) =>
        TestServer.StartAsync(database.Settings, new InProcessBus(), services =>
            services.Configure<HubOptions>(options => options.ClientTimeoutInterval = TimeSpan.FromSeconds(1)));

    /// <summary>Server-sent events of a client that says nothing after the handshake, to their end.</summary>
    private static async Task ReadEventsAsync(TestServer server)
    {
        using var http = new HttpClient { BaseAddress = server.Url, Timeout = Bounds.Wait };
        var negotiated = await http.PostAsync("/hubs/chat/negotiate?negotiateVersion=1&user_id=ann", null);
        using var answer = JsonDocument.Parse(await negotiated.Content.ReadAsStringAsync());
        var address = $"/hubs/chat?id={answer.RootElement.GetProperty("connectionToken").GetString()}&user_id=ann";
        using var events = new HttpRequestMessage(HttpMethod.Get, address);
        events.Headers.Accept.ParseAdd("text/event-stream");
        using var stream = await http.SendAsync(events, HttpCompletionOption.ResponseHeadersRead);
        using var handshake = new StringContent("{\"protocol\":\"json\",\"version\":1}\u001e");
        (await http.PostAsync(address, handshake)).EnsureSuccessStatusCode();
        using var bound = new CancellationTokenSource(Bounds.Wait);
        var read = async () => await (await stream.Content.ReadAsStreamAsync()).CopyToAsync(Stream.Null, bound.Token);
        try
        {
            await read();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // cut
        }
        bound.IsCancellationRequested.Should().BeFalse("the server ends the stream");
    }
}
