using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Integration.Limits;

/// <summary>CH-120, CH-121, CH-122: what comes too fast on a connection, over both transports, with the limits as they
/// are.</summary>
public sealed class CallLimitTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private StandingServer _standing = null!;

    private TestServer Server => _standing.Server;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        _standing = await StandingServer.StartAsync(_database.Settings, ("Chat:Limits:Factor", "1"));
    }

    public async Task DisposeAsync()
    {
        await _standing.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("seq,receipts")]
    public async Task Messages_on_a_raw_socket(string features)
    {
        await using var raw = await Server.ConnectRawAsync("ann", features);
        await raw.JoinAsync(ConversationId.Lobby);
        for (var i = 1; i <= 61; i++) await raw.MessageAsync(ConversationId.Lobby, $"m{i}", $"k{i}");

        var error = await raw.UntilErrorAsync();

        const string words =
            "messages of this connection come too fast: 20 per second, 60 at once; retry in 1000 ms";
        (Text(error, "code"), Text(error, "error")).Should().Be(("rate_limited", words));
        error.TryGetProperty("retry_after_ms", out var wait).Should().Be(features.Length > 0);
        if (features.Length > 0)
            (wait.GetInt32(), Text(error, "dedupe_key")).Should().Be((1_000, "k61"));
        await raw.MessageAsync(ConversationId.Lobby, "still too early");
        await raw.UntilErrorAsync();
        _standing.Pass(TimeSpan.FromSeconds(1));
        await raw.MessageAsync(ConversationId.Lobby, "m62");
        while (Text((await raw.UntilAsync("message")).GetProperty("message"), "body") != "m62") { }
    }

    [Fact]
    public async Task Calls_of_a_hub_connection_each_kind_for_itself()
    {
        await using var hub = await HubTextClient.ConnectAsync(Server.Url, "ann");
        var lobby = $"\"{ConversationId.Lobby}\"";
        for (var i = 0; i < 20; i++)
            (await hub.InvokeAsync("Typing", lobby)).TryGetProperty("error", out _).Should().BeFalse();

        var refused = Text(await hub.InvokeAsync("Typing", lobby), "error");

        refused.Should().EndWith("HubException: rate_limited: typing of this connection come too fast: 5 per second, "
            + "20 at once; retry in 200 ms");
        (await hub.InvokeAsync("History", lobby)).TryGetProperty("error", out _).Should().BeFalse();
        (await hub.InvokeAsync("Send", $"{lobby},\"hello\"")).TryGetProperty("error", out _).Should().BeFalse();
        _standing.Pass(TimeSpan.FromMilliseconds(200));
        (await hub.InvokeAsync("Typing", lobby)).TryGetProperty("error", out _).Should().BeFalse();
        (await Server.Operators.GetStringAsync("/metrics")).Should()
            .Contain("chat_rate_limited_total{limit=\"typing\"} 1").And
            .Contain("chat_refusals_total{code=\"rate_limited\"} 1");
    }

    [Theory]
    [InlineData("{\"type\":\"dance\"}")]
    [InlineData("{\"type\":\"typing\",\"conversation_id\":\"00000000-0000-0000-0000-000000000001\"}")]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("\"text\"")]
    public async Task A_raw_socket_that_sends_what_is_no_command_is_closed_after_sixty(string frame)
    {
        await using var raw = await Server.ConnectRawAsync("ann");
        for (var i = 0; i < 60; i++)
        {
            await raw.SendAsync(frame);
            Text(await raw.UntilErrorAsync(), "code").Should().BeOneOf("bad_request", "unsupported_type");
        }
        await raw.SendAsync(frame);
        (await raw.Ended.WaitAsync(Bounds.Wait)).Should().Be(4429);
        await using var again = await Server.ConnectRawAsync("ann");
        await again.JoinAsync(ConversationId.Lobby);
    }

    [Theory]
    [InlineData("""{"type":1,"invocationId":"9","target":"Dance","arguments":[]}""")]
    [InlineData("""{"type":1,"invocationId":"9","target":"Send","arguments":[7]}""")]
    [InlineData("""{"type":4,"invocationId":"9","target":"Send","arguments":[]}""")]
    [InlineData("""{"type":5,"invocationId":"9"}""")]
    [InlineData("""{"type":80}""")]
    public async Task A_hub_connection_that_sends_what_is_no_call_is_ended_after_sixty(string message)
    {
        await using var hub = await HubTextClient.ConnectAsync(Server.Url, "ann");
        for (var i = 0; i < 61; i++)
            await hub.SendAsync(System.Text.Encoding.UTF8.GetBytes(message + "\u001e"));

        string text;
        do text = await hub.NextTextAsync();
        while (!text.Contains("\"type\":7", StringComparison.Ordinal));

        text.Should().Contain("rate_limited: ").And.Contain("\"allowReconnect\":true");
    }

    [Fact]
    public async Task Pings_and_what_a_server_of_a_later_version_would_know_do_not_end_a_quiet_connection()
    {
        await using var hub = await HubTextClient.ConnectAsync(Server.Url, "ann");
        for (var i = 0; i < 500; i++) await hub.SendAsync("{\"type\":6}\u001e"u8.ToArray());
        for (var i = 0; i < 60; i++) await hub.SendAsync("{\"type\":80}\u001e"u8.ToArray());
        (await hub.InvokeAsync("History", $"\"{ConversationId.Lobby}\"")).TryGetProperty("error", out _)
            .Should().BeFalse();
    }

    [Fact]
    public async Task The_SDKs_outbox_sends_a_flood_in_order_each_message_once()
    {
        const int count = 700; // 300 at once, then 100 per second
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var standing = await StandingServer.StartAsync(database.Settings, ("Chat:Limits:Factor", "5"));
        await using var chat = await ChatClient.ConnectAsync(
            ChatClientOptions.ForServer(standing.Server.Url) with { UserId = UserId.Parse("ann") });
        await SendFlood.PassesAsync(standing, chat, count, "sends");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
