using System.Net.WebSockets;
using System.Text;
using Chat.Tests.Fixtures;
using Chat.Server.Persistence;

namespace Chat.Tests.Specs.Transports;

/// <summary>Whatever is sent to the hub is answered as documented, and the connection stays usable unless the hub
/// protocol itself is broken.</summary>
public sealed class HubBadInputTests(ServerFixture fixture) : HubBadInputSpec, IClassFixture<ServerFixture>
{
    internal override async Task<IHubCaller> CallerAsync() => await ConnectAsync();

    [Fact]
    public async Task Thousands_of_mutated_calls_never_break_the_server_and_leave_usable_connections()
    {
        var random = new Random(3);
        var source = Encoding.UTF8.GetBytes("{\"type\":1,\"invocationId\":\"x\",\"target\":\"Send\",\"arguments\":["
            + Lobby + ",\"hi \\ud83d\",{\"msgType\":0,\"attachmentMeta\":{\"a\":[1]}}]}\u001e");
        var hub = await ConnectAsync();
        for (var i = 0; i < 3_000; i++)
        {
            var frame = source.ToArray();
            for (var k = random.Next(1, 4); k > 0; k--)
                frame[random.Next(frame.Length - 1)] = (byte)random.Next(32, 127);
            try
            {
                await hub.SendAsync(frame);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException)
            {
                // Broken JSON ends a SignalR connection: that is its protocol. (The second is what the socket throws
                // where its reading side has seen the end first.)
                await hub.Ended.WaitAsync(Bounds.Wait);
            }
            if (!hub.Ended.IsCompleted) continue;
            await hub.DisposeAsync();
            hub = await ConnectAsync();
        }
        await hub.DisposeAsync();
        await using var after = await ConnectAsync();
        await UsableAsync(after);
    }

    [Fact]
    public async Task A_raw_socket_that_speaks_the_JSON_hub_protocol_sees_the_documented_invocation()
    {
        await using var hub = await ConnectAsync();
        await hub.InvokeAsync("Join", Lobby);
        var receipt = (await hub.InvokeAsync("Send", $"{Lobby},\"golden\"")).GetProperty("result");
        string text;
        do text = await hub.NextTextAsync();
        while (!text.Contains("golden", StringComparison.Ordinal));
        var (sequence, id) = (receipt.GetProperty("sequence"), receipt.GetProperty("id"));
        var createdAt = receipt.GetProperty("createdAt");
        Assert.Equal(
            $$"""{"type":1,"target":"MessageReceived","arguments":[{"kind":"message","sequence":{{sequence}},"""
                + $"\"id\":\"{id}\",\"conversationId\":{Lobby},\"senderId\":\"{_user}\",\"createdAt\":\"{createdAt}\","
                + "\"body\":\"golden\",\"msgType\":0,\"attachmentUrl\":null,\"attachmentMeta\":null,"
                + "\"dedupeKey\":null}]}",
            text);
    }

    private readonly string _user = TransportSpec.Unique("hub");

    private async Task<HubTextClient> ConnectAsync() =>
        await HubTextClient.ConnectAsync((await fixture.StartAsync(DatabaseKind.Sqlite)).Url, _user);
}
