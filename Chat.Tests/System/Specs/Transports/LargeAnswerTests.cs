using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Server.Connections;
using Chat.Server.Memory;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Specs.Transports;

/// <summary>CH-113 and CH-9: large answers to clients that take them late, slowly or not at all, on each
/// transport.</summary>
public sealed class LargeAnswerTests : IAsyncLifetime
{
    private const int Calls = 64;
    private const char End = '\u001e';

    private static readonly Guid Lobby = ConversationId.Lobby.Value;

    /// <summary>Each character is six bytes in JSON: no buffer of the system takes a page of it.</summary>
    private static readonly string Body = new('\u0001', 60_000);

    /// <summary>Where a slow client is to be cut; where none is, a busy machine is no slow client.</summary>
    private const int Soon = 1, Late = 600;

    private static readonly string Ask =
        $$"""{"type":1,"invocationId":"1","target":"History","arguments":["{{Lobby}}",{"limit":500}]}""" + End;

    private TestDatabase _database = null!;
    private TestServer _server = null!;

    private MemoryBudget Memory => _server.Services.GetRequiredService<MemoryBudget>();

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task StartAsync(int writeTimeoutSeconds)
    {
        _server = await TestServer.StartAsync(_database.Settings,
            ("Chat:FanOut:WriteTimeoutSeconds", $"{writeTimeoutSeconds}"), ("Chat:Memory:ReconnectBytes", "4194304"));
        await using var writer = await _server.ConnectHubAsync("ann");
        for (var i = 0; i < 17; i++) await writer.SendAsync(ConversationId.Lobby, Body);
    }

    // CH-113
    [Fact]
    public async Task Many_calls_of_one_connection_hold_one_answer_at_a_time_and_all_are_answered()
    {
        await StartAsync(Late);
        using var socket = await FrameSocket.ConnectAsync(_server.Url, "/hubs/chat?user_id=bob");
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}" + End);
        await socket.UntilAsync("{}");
        for (var i = 0; i < Calls; i++) await socket.SendAsync(Ask);
        await Eventually.HoldsAsync(() => Memory.Answers.Held > 0);
        for (var answers = 0; answers < 8;)
        {
            // Between two of them there may be none.
            Memory.Answers.Held.Should().BeLessThanOrEqualTo(Answers.OfConnection);
            answers += (await socket.NextAsync())!.Value.Payload.Count(c => c == End);
        }
        socket.Dispose();
        await Eventually.HoldsAsync(() => Memory.Answers.Held == 0);
    }

    // CH-113
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_held_once_answers_are_taken(bool stateful)
    {
        await StartAsync(Late);
        await using var hub = StockHub.Build(_server.Url, "bob", stateful: stateful);
        await hub.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            hub.InvokeAsync<object>("History", Lobby, new { limit = 500 }))).WaitAsync(Bounds.Wait);
        await Eventually.HoldsAsync(() => Memory.Answers.Held == 0);
    }

    // CH-9
    [Fact]
    public async Task A_page_over_rest_that_nobody_takes_ends_its_connection()
    {
        await StartAsync(Soon);
        using var client = await OpenAsync($"/api/v1/chat/{Lobby}/messages?limit=500");
        await IsCutAsSlowAsync();
    }

    // CH-9
    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("application/octet-stream")]
    public async Task A_hub_connection_over_http_that_takes_nothing_is_ended(string accept)
    {
        await StartAsync(Soon);
        var hub = "/hubs/chat?user_id=bob";
        var negotiated = JsonDocument.Parse(await PostAsync("/hubs/chat/negotiate?negotiateVersion=1&user_id=bob", ""));
        hub += $"&id={negotiated.RootElement.GetProperty("connectionToken").GetString()}";
        var isPolling = accept != "text/event-stream";
        if (isPolling) await _server.Http.GetStringAsync(hub); // the first poll ends at once
        using var stream = isPolling ? null : await OpenAsync(hub, accept);
        await PostAsync(hub, "{\"protocol\":\"json\",\"version\":1}" + End);
        if (isPolling) (await _server.Http.GetStringAsync(hub)).Should().StartWith("{}");
        await PostAsync(hub, Ask + Ask);
        using var poll = isPolling ? await OpenAsync(hub, accept) : null;
        await IsCutAsSlowAsync();
    }

    // CH-113
    [Fact]
    public async Task While_there_is_no_room_for_another_buffer_new_connections_get_none()
    {
        await StartAsync(Late);
        var holders = Enumerable.Range(0, 4).Select(i => StockHub.Build(_server.Url, $"u{i}", stateful: true)).ToList();
        foreach (var holder in holders) await holder.StartAsync();
        Memory.Reconnects.Held.Should().Be(4 * 1024 * 1024);
        (await IsOfferedAsync()).Should().BeFalse();
        await using var other = StockHub.Build(_server.Url, "bob", stateful: true);
        await other.StartAsync();
        (await other.InvokeAsync<JsonElement>("Join", Lobby, null)).Should().NotBeNull();
        await holders[0].DisposeAsync();
        await Eventually.HoldsAsync(IsOfferedAsync);
        foreach (var holder in holders) await holder.DisposeAsync();
        await Eventually.HoldsAsync(() => Memory.Reconnects.Held == 0);
    }

    private async Task<bool> IsOfferedAsync() => (await PostAsync(
        "/hubs/chat/negotiate?negotiateVersion=1&user_id=bob&useStatefulReconnect=true", ""))
        .Contains("\"useStatefulReconnect\":true", StringComparison.Ordinal);

    private async Task IsCutAsSlowAsync()
    {
        await Eventually.HoldsAsync(async () =>
            (await _server.Operators.GetStringAsync("/metrics"))
            .Contains("chat_readers_slow_closed_total 1", StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => Memory.Answers.Held == 0);
    }

    private async Task<string> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        using var answer = await _server.Http.PostAsync(path, content);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    /// <summary>A request whose answer is not read.</summary>
    private async Task<TcpClient> OpenAsync(string path, string accept = "*/*")
    {
        var client = new TcpClient { ReceiveBufferSize = 4_096 };
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await client.ConnectAsync(_server.Url.Host, _server.Url.Port, bound.Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {_server.Url.Authority}\r\nAccept: {accept}\r\n\r\n"), bound.Token);
        return client;
    }
}
