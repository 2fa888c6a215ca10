using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using static Chat.Tests.Integration.Sockets.NumberedFrames;

namespace Chat.Tests.Integration.Sockets;

/// <summary>Blocks go straight to the socket, and past nothing that was written before.</summary>
public sealed class DirectOutputTests : IAsyncLifetime
{
    private SharedStreamSite _site = null!;

    public async Task InitializeAsync() => _site = await SharedStreamSite.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task A_block_to_a_connection_that_holds_nothing_back_is_one_send_and_nothing_in_the_pipe()
    {
        using var peer = await SlowPeer.ConnectAsync(_site.Address, new Random(0));
        var visit = await _site.NextAsync();
        var output = visit.Stream.Direct!;
        await visit.UntilDirectAsync(0);
        var (sends, piped) = (output.Sends, output.Piped);
        for (var i = 0; i < 20; i++)
        {
            var block = Enumerable.Range(i * 50, 50).SelectMany(number => Make(Text, Blocks, number, 60)).ToArray();
            await visit.Stream.WriteBlockAsync(block);
            Assert.Equal((sends + i + 1, piped), (output.Sends, output.Piped));
            await Eventually.HoldsAsync(
                () => peer.HasStream && Check(peer.TakeStream(), whole: false)[Blocks] == (i + 1) * 50);
        }
        visit.End();
        await peer.Reading.WaitAsync(Bounds.Wait);
    }

    // CH-9
    [Fact]
    public async Task What_the_socket_does_not_take_waits_and_its_peer_is_stuck()
    {
        var held = true;
        using var peer = await SlowPeer.ConnectAsync(_site.Address, new Random(1));
        var visit = await _site.NextAsync();
        peer.Hold = () => Volatile.Read(ref held);
        var stream = visit.Stream;
        var number = 0;
        Task write;
        do
        {
            write = stream.WriteBlockAsync(Make(Text, Blocks, number++, 60_000)).AsTask();
            await Eventually.HoldsAsync(() => write.IsCompleted || stream.StuckFor > TimeSpan.FromSeconds(1));
        }
        while (write.IsCompleted);
        Volatile.Write(ref held, false);
        await write.WaitAsync(Bounds.Wait);
        await visit.UntilDirectAsync(0);
        Assert.Equal(TimeSpan.Zero, stream.StuckFor);
        visit.End();
        await peer.Reading.WaitAsync(Bounds.Wait);
        Assert.Equal(number, Check(peer.TakeStream(), whole: true)[Blocks]);
    }

    [Fact]
    public async Task Nothing_goes_past_an_encrypted_connection()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = RSA.Create();
        using var certificate = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await using var site = await SharedStreamSite.StartAsync(certificate);
        using var client = new TcpClient();
        await client.ConnectAsync(site.Address);
        await using var tls = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync("x");
        await tls.WriteAsync(Encoding.ASCII.GetBytes(SlowPeer.Upgrade));
        var visit = await site.NextAsync();
        Assert.Null(visit.Stream.Direct);
        visit.End();
    }

    [Fact]
    public async Task Raw_sockets_and_hub_connections_of_the_server_are_given_their_blocks_past_the_pipe()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var watch = new StreamWatch();
        await using var server = await TestServer.StartAsync(database.Settings, new InProcessBus(),
            services => services.AddSingleton<IStartupFilter>(watch));
        await using var raw = await server.ConnectRawAsync("ann");
        await raw.JoinAsync(ConversationId.Lobby);
        await using var hub = await server.ConnectHubAsync("bob");
        await hub.JoinAsync(ConversationId.Lobby);
        foreach (var path in new[] { "/api/v1/chat/ws", "/hubs/chat" })
            await Eventually.HoldsAsync(async () =>
            {
                await raw.MessageAsync(ConversationId.Lobby, "to all");
                return Assert.Single(watch.Of(path))!.Sends > 0;
            });
    }

    [Fact]
    public async Task A_block_to_a_hub_connection_that_waits_for_an_answer_goes_where_the_answer_goes()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var watch = new StreamWatch();
        var held = new HeldCall();
        await using var server = await TestServer.StartAsync(database.Settings, new InProcessBus(), services =>
        {
            services.AddSingleton<IStartupFilter>(watch);
            services.Configure<HubOptions>(hub => hub.AddFilter(held));
        });
        await using var raw = await server.ConnectRawAsync("ann");
        await raw.JoinAsync(ConversationId.Lobby);
        await using var hub = await server.ConnectHubAsync("bob");
        await hub.JoinAsync(ConversationId.Lobby);
        var output = Assert.Single(watch.Of("/hubs/chat"))!;
        await Eventually.HoldsAsync(async () =>
        {
            await raw.MessageAsync(ConversationId.Lobby, "to all");
            return output.Sends > 0;
        });

        var call = hub.MeAsync();
        await held.Began.WaitAsync(Bounds.Wait);
        await PipedAsync(); // and all that was sent before
        var sends = output.Sends;
        await PipedAsync();
        Assert.Equal(sends, output.Sends);

        held.Release();
        await call;
        await Eventually.HoldsAsync(async () =>
        {
            await raw.MessageAsync(ConversationId.Lobby, "to all");
            return output.Sends > sends;
        });

        async Task PipedAsync()
        {
            var piped = output.Piped;
            await raw.MessageAsync(ConversationId.Lobby, "while it waits");
            await Eventually.HoldsAsync(() => output.Piped > piped);
        }
    }

    private sealed class HeldCall : IHubFilter
    {
        private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Began => _began.Task;

        public void Release() => _released.SetResult();

        public async ValueTask<object?> InvokeMethodAsync(
            HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
        {
            if (invocationContext.HubMethodName == nameof(IChatHub.Me))
            {
                _began.SetResult();
                await _released.Task;
            }
            return await next(invocationContext);
        }
    }
}
