using System.Globalization;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;

namespace Chat.Tests.Integration.Growth;

/// <summary>What a server process holds for a connection, and allocates for a delivery: by its collector, not by the
/// clock. What is fixed falls out, for two numbers of connections are compared.</summary>
public sealed class ConnectionCostTests
{
    private const int Few = 100, Many = 300, Messages = 50;

    private const char End = '\u001e'; // of a hub message

#if DEBUG
    // Without optimization each asynchronous method that is called makes an object.
    private const double MostHeldByHub = 30_000, MostADelivery = 450;
#else
    // 25,000 held; the rest is room for tables that grow with the connections, by doubling.
    private const double MostHeldByHub = 27_500, MostADelivery = 40;
#endif

    [Fact]
    public async Task A_silent_hub_connection_and_a_delivery_to_it_cost_little()
    {
        var (held, delivery) = await MeasureAsync(HubAsync);
        Assert.True(held < MostHeldByHub,
            $"a joined hub connection that says nothing holds {held:#,0} bytes, not {MostHeldByHub:#,0} at most");
        AssertDelivery(delivery, "a hub connection");
    }

    [Fact]
    public async Task A_delivery_to_a_raw_socket_costs_little() =>
        AssertDelivery((await MeasureAsync(RawAsync)).Delivery, "a raw socket");

    private static void AssertDelivery(double bytes, string whom) => Assert.True(bytes < MostADelivery,
        $"a delivery to {whom} allocates {bytes:0.0} bytes: more than {MostADelivery} is an object for each reader");

    /// <returns>Bytes that a connection holds, and that a delivery allocates.</returns>
    private static async Task<(double Held, double Delivery)> MeasureAsync(Func<Uri, string, Task<FrameSocket>> connect)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await ServerProcess.ServeAsync(
            ("ConnectionStrings__Chat", database.Settings.ConnectionString),
            ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location), ("DOTNET_TieredCompilation", "0"));
        var readers = new List<FrameSocket>();
        using var sender = await HubAsync(server.Url, "sender");
        try
        {
            await JoinAsync(Few);
            await SendAsync("warm");
            var before = await LookAsync(server);
            await SendAsync("few");
            var few = await LookAsync(server);
            await JoinAsync(Many);
            var many = await LookAsync(server);
            await SendAsync("many");
            var after = await LookAsync(server);
            return ((double)(many.Live - few.Live) / (Many - Few),
                (double)(after.Allocated - many.Allocated - (few.Allocated - before.Allocated))
                    / ((Many - Few) * Messages));
        }
        finally
        {
            foreach (var reader in readers) reader.Dispose();
        }

        async Task JoinAsync(int count)
        {
            while (readers.Count < count) readers.Add(await connect(server.Url, $"reader{readers.Count}"));
        }

        async Task SendAsync(string text)
        {
            for (var i = 0; i < Messages; i++)
            {
                var arguments = $"\"{ConversationId.Lobby}\",\"{text}-{i}.\"";
                await sender.SendAsync(
                    $$"""{"type":1,"invocationId":"{{text}}{{i}}","target":"Send","arguments":[{{arguments}}]}"""
                    + End);
                await sender.UntilAsync($"\"invocationId\":\"{text}{i}\"");
            }
            await Task.WhenAll(readers.Select(reader => reader.UntilAsync($"{text}-{Messages - 1}.")));
        }
    }

    private static async Task<(long Live, long Allocated)> LookAsync(ServerProcess server)
    {
        string[] Found() => [.. server.Output.Split('\n').Where(line => line.StartsWith(StartupHook.Mark,
            StringComparison.Ordinal))];
        var before = Found().Length;
        await server.SignalAsync("USR1");
        await Eventually.HoldsAsync(() => Found().Length > before);
        var parts = Found()[^1].Split(' ');
        return (long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static async Task<FrameSocket> HubAsync(Uri server, string user)
    {
        var socket = await FrameSocket.ConnectAsync(server, $"/hubs/chat?user_id={user}");
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}" + End);
        await socket.UntilAsync("{}");
        await socket.SendAsync(
            $$"""{"type":1,"invocationId":"0","target":"Join","arguments":["{{ConversationId.Lobby}}"]}""" + End);
        await socket.UntilAsync("\"invocationId\":\"0\"");
        return socket;
    }

    private static async Task<FrameSocket> RawAsync(Uri server, string user)
    {
        var socket = await FrameSocket.ConnectAsync(server, $"/api/v1/chat/ws?user_id={user}&features=seq");
        await socket.SendAsync($$"""{"type":"join","conversation_id":"{{ConversationId.Lobby}}"}""");
        await socket.UntilAsync("\"joined\"");
        return socket;
    }
}
