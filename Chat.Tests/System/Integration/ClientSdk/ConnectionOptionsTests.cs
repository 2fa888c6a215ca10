using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Xunit;

namespace Chat.Tests.Integration.ClientSdk;

public sealed class ConnectionOptionsTests
{
    [Theory]
    [InlineData(ChatTransports.WebSockets)]
    [InlineData(ChatTransports.LongPolling)]
    [InlineData(ChatTransports.ServerSentEvents)]
    public async Task Certificates_count_on_every_transport(ChatTransports transports)
    {
        using var certificate = MakeCertificate();
        await using var server = await TestChatServer.StartAsync(certificate);
        var options = server.Options with { Transports = transports, ClientCertificates = [certificate] };
        await using var untrusting = new ChatHubConnection(options);
        await using var trusting = new ChatHubConnection(
            options with { ServerCertificateValidation = (_, shown, _, _) => certificate.Equals(shown) });

        await Assert.ThrowsAsync<ChatConnectException>(() => untrusting.StartAsync());
        await trusting.StartAsync();

        Assert.Equal(1, (await trusting.SendAsync(ConversationId.Lobby, "secured")).Sequence);
    }

    [Fact]
    public async Task The_proxy_and_the_own_handler_are_gone_through()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        var handlers = new List<HttpMessageHandler>();
        await using var chat = new ChatHubConnection(TestChatServer.OptionsFor(new Uri("http://chat.invalid")) with
        {
            // through an http proxy a WebSocket needs CONNECT, which Kestrel is no proxy for
            Transports = ChatTransports.LongPolling,
            Proxy = new WebProxy(proxy.Address),
            HttpMessageHandlerFactory = handler =>
            {
                handlers.Add(handler);
                return handler;
            },
        });

        await chat.StartAsync();

        Assert.Equal(1, (await chat.SendAsync(ConversationId.Lobby, "around")).Sequence);
        Assert.IsType<SocketsHttpHandler>(Assert.Single(handlers));
    }

    [Fact]
    public async Task Each_web_socket_is_set_up_before_it_is_opened()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var chat = new ChatHubConnection(
            server.Options with { ConfigureWebSocket = socket => socket.SetRequestHeader("X-Seat", "7") });

        await chat.StartAsync();

        Assert.Equal("7", server.Requests.Single(request => request.WebSocket).Headers["X-Seat"]);
    }

    [Theory]
    [InlineData("https://chat.example.com", "https://chat.example.com/hubs/chat")]
    [InlineData("http://localhost:8080/team/", "http://localhost:8080/team/hubs/chat")]
    public void The_hub_is_found_under_the_servers_address(string server, string hub) =>
        Assert.Equal(hub, ChatClientOptions.ForServer(new Uri(server)).Url.AbsoluteUri);

    [Fact]
    public void Options_that_cannot_work_are_refused_at_once()
    {
        Assert.Throws<ArgumentException>(
            () => new ChatHubConnection(new ChatClientOptions { Url = new Uri("ws://chat.example.com/hubs/chat") }));
        Assert.Throws<ArgumentException>(
            () => new ChatHubConnection(
                ChatClientOptions.ForServer(new Uri("http://x")) with { SkipNegotiation = true }));
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
    }
}
