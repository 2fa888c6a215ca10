using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Sockets;

/// <summary>A raw socket leaves HTTP where nothing stands between it and its connection. Where something does, it stays
/// a request for as long as it lives.</summary>
public sealed class HandoverTests : IAsyncLifetime
{
    private const string Path = "/api/v1/chat/ws?user_id=ann";

    private readonly RequestWatch _watch = new();
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task An_open_raw_socket_keeps_nothing_of_its_request()
    {
        await using var server = await StartAsync();
        await using var raw = await server.ConnectRawAsync("ann");
        await raw.JoinAsync(ConversationId.Lobby);
        await Eventually.HoldsAsync(() => _watch is { Seen: 1, Open: 0 } && _watch.CountLeft() == 0);
        await raw.MessageAsync(ConversationId.Lobby, "still here");
        await raw.UntilAsync("message");
        Assert.Empty(server.TakeErrors());
    }

    // CH-36
    [Fact]
    public async Task A_refused_request_stays_one_and_its_connection_serves_others()
    {
        await using var server = await StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Url.Host, server.Url.Port);
        await using var stream = client.GetStream();
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await stream.WriteAsync(Upgrade(server, Path + "&features=unheard-of"), bound.Token);
        var refusal = await UntilAsync(stream, "features may name", bound.Token);
        Assert.StartsWith("HTTP/1.1 400", refusal, StringComparison.Ordinal);
        await stream.WriteAsync(Upgrade(server, Path), bound.Token);
        await UntilAsync(stream, "\"connected\"", bound.Token);
        await Eventually.HoldsAsync(() => _watch is { Seen: 2, Open: 0 });
    }

    [Fact]
    public async Task What_a_client_sends_behind_its_request_without_waiting_is_heard()
    {
        await using var server = await StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Url.Host, server.Url.Port);
        await using var stream = client.GetStream();
        using var bound = new CancellationTokenSource(Bounds.Wait);
        var join = Encoding.UTF8.GetBytes($$"""{"type":"join","conversation_id":"{{ConversationId.Lobby}}"}""");
        await stream.WriteAsync((byte[])
            [.. Upgrade(server, Path), 0x81, (byte)(0x80 | join.Length), 0, 0, 0, 0, .. join], bound.Token);
        await UntilAsync(stream, "\"joined\"", bound.Token);
    }

    [Fact]
    public async Task Over_HTTP_2_it_stays_a_request()
    {
        await using var server = await StartAsync(("Kestrel:EndpointDefaults:Protocols", "Http2"));
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = new Version(2, 0);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await ServedAsRequestAsync(socket, new Uri($"ws://{server.Url.Authority}{Path}"), http);
    }

    [Fact]
    public async Task Over_TLS_it_stays_a_request()
    {
        var file = System.IO.Path.GetTempFileName();
        try
        {
            using var key = RSA.Create();
            var now = TimeProvider.System.GetUtcNow();
            using var certificate = new CertificateRequest(
                "CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
            await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pfx, "x"));
            await using var server = await StartAsync(("urls", "https://127.0.0.1:0"),
                ("Kestrel:Certificates:Default:Path", file), ("Kestrel:Certificates:Default:Password", "x"));
            using var socket = new ClientWebSocket();
            socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
            await ServedAsRequestAsync(socket, new Uri($"wss://{server.Url.Authority}{Path}"), null);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task ServedAsRequestAsync(ClientWebSocket socket, Uri address, HttpMessageInvoker? http)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await socket.ConnectAsync(address, http, bound.Token);
        var heard = new byte[1_024];
        var received = await socket.ReceiveAsync(heard, bound.Token);
        Assert.Contains("connected", Encoding.UTF8.GetString(heard, 0, received.Count), StringComparison.Ordinal);
        Assert.Equal((1, 1), (_watch.Seen, _watch.Open));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, bound.Token);
        await Eventually.HoldsAsync(() => _watch.Open == 0);
    }

    private Task<TestServer> StartAsync(params (string Name, string Value)[] settings) =>
        TestServer.StartAsync(_database.Settings, new InProcessBus(),
            services => services.AddSingleton<IStartupFilter>(_watch), settings);

    private static byte[] Upgrade(TestServer server, string path) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {server.Url.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

    /// <returns>All that came.</returns>
    private static async Task<string> UntilAsync(NetworkStream stream, string text, CancellationToken ct)
    {
        var (come, buffer) = ("", new byte[1_024]);
        while (!come.Contains(text, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, ct);
            if (count == 0) throw new IOException($"it ended behind: {come}");
            come += Encoding.UTF8.GetString(buffer, 0, count);
        }
        return come;
    }
}
