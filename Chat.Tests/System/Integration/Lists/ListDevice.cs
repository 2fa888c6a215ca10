using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Lists;

/// <summary>One device of a user, over the hub by SignalR's own client or over a raw socket.</summary>
internal sealed class ListDevice : IAsyncDisposable
{
    private readonly Inbox<ListNews> _news = new();
    private HubConnection? _hub;
    private RawClient? _raw;

    private ListDevice() { }

    /// <summary>On the hub, after it has listed its conversations unless told not to.</summary>
    public static async Task<ListDevice> HubAsync(
        TestServer server, string user, bool lists = true,
        HttpTransportType transport = HttpTransportType.WebSockets, bool stateful = false)
    {
        var builder = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Url, $"hubs/chat?user_id={Uri.EscapeDataString(user)}"), transport);
        if (stateful) builder.WithStatefulReconnect();
        var hub = builder.Build();
        var device = new ListDevice { _hub = hub };
        hub.On<JsonElement>("ConversationChanged", summary => device._news.Add(ListNews.Changed(summary)));
        hub.On<string>("ConversationRemoved", id => device._news.Add(ListNews.Removed(id)));
        await hub.StartAsync().WaitAsync(Bounds.Wait);
        if (lists) await device.ListAsync();
        return device;
    }

    public static async Task<ListDevice> RawAsync(TestServer server, string user, string features = "conversations") =>
        new() { _raw = await server.ConnectRawAsync(user, features) };

    /// <summary>From then on the hub tells it what changes. What a socket was told before the answer is
    /// dropped.</summary>
    public async Task ListAsync()
    {
        if (_hub is not null)
        {
            await _hub.InvokeAsync<JsonElement>("Conversations").WaitAsync(Bounds.Wait);
            return;
        }
        await _raw!.SendAsync(new { type = "conversations" });
        await _raw.UntilAsync("conversations");
    }

    public Task JoinAsync(ConversationId conversation) => _hub is null
        ? _raw!.JoinAsync(conversation)
        : _hub.InvokeAsync("Join", $"{conversation}").WaitAsync(Bounds.Wait);

    public async Task<ListNews> NextAsync()
    {
        if (_raw is null) return await _news.NextAsync();
        while (true)
        {
            var frame = await _raw.NextAsync();
            if (frame.GetProperty("type").GetString()!.StartsWith("conversation_", StringComparison.Ordinal))
                return ListNews.OfFrame(frame);
        }
    }

    /// <summary>The first that is like this, and how many came before it.</summary>
    public async Task<(ListNews News, int Before)> UntilAsync(Func<ListNews, bool> like)
    {
        for (var before = 0; ; before++)
            if (await NextAsync() is var news && like(news)) return (news, before);
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null) await _hub.DisposeAsync();
        if (_raw is not null) await _raw.DisposeAsync();
    }
}
