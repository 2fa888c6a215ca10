using System.Net.Sockets;
using System.Net;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Integration.Limits;

/// <summary>CH-126: a server that runs out of files lives on.</summary>
public sealed class OutOfFilesTests
{
    // The runtime and the program's own libraries have some 300 open.
    private const int Files = 512;
    private const string Key = "the-key-of-the-test";

    [Theory]
    [InlineData("1", "")] // what it allows itself
    [InlineData("0", "100000")] // more than there can be
    public async Task A_flood_of_connections_does_not_end_it_and_it_serves_again_when_they_are_gone(
        string factor, string connections)
    {
        await using var server = await ServerProcess.ServeWithFilesAsync(Files,
            ("Chat__Limits__Factor", factor), ("Chat__Limits__Connections", connections),
            ("Chat__Operators__Key", Key));
        await using var raw = await RawClient.ConnectAsync(server.Url, "user_id=ann&features=receipts");
        await raw.JoinAsync(ConversationId.Lobby);

        var flood = new List<Socket>();
        for (var i = 0; i < 2 * Files; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            flood.Add(socket);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, server.Url.Port).WaitAsync(Bounds.Wait);
            }
            catch (SocketException)
            {
                break; // it takes no more
            }
        }
        using var operators = new HttpClient
        {
            BaseAddress = server.OperatorsUrl, DefaultRequestHeaders = { Authorization = new("Bearer", Key) },
        };
        await Eventually.HoldsAsync(async () => (await operators.GetStringAsync("/metrics"))
            .Contains("chat_rate_limited_total{limit=\"sockets\"}", StringComparison.Ordinal));
        await raw.MessageAsync(ConversationId.Lobby, "who is there is served");
        await raw.UntilAsync("receipt");
        foreach (var socket in flood) socket.Dispose();

        using var http = new HttpClient { BaseAddress = server.Url, Timeout = Bounds.Wait };
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                return (await http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false; // it has not noticed yet that they are gone
            }
        });
        await using var next = await RawClient.ConnectAsync(server.Url, "user_id=bob");
        await next.JoinAsync(ConversationId.Lobby);
        server.HasExited.Should().BeFalse();
        server.Output.Should().Contain("Only 512 files may be open");
    }
}
