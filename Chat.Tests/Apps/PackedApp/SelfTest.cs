using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.TestHost;

namespace PackedApp;

/// <summary>Each way into the chat, on a TestServer. What goes wrong is an exception.</summary>
internal static class SelfTest
{
    private const string Lobby = "00000000-0000-0000-0000-000000000001";
    private const char End = '\u001e';

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(TestServer server)
    {
        using var http = server.CreateClient();
        Demand("web app", await http.GetStringAsync("/team/chat/"), "app/main.js");
        using var raw = await ConnectAsync(server, "/team/chat/api/v1/chat/ws?user_id=eve");
        await SendAsync(raw, $$"""{"type":"join","conversation_id":"{{Lobby}}","after_seq":0}""");
        await UntilAsync(raw, "joined");

        using var hub = await ConnectAsync(server, "/team/chat/hubs/chat?user_id=cem");
        await SendAsync(hub, """{"protocol":"json","version":1}""" + End);
        await SendAsync(hub, """{"type":1,"invocationId":"1","target":"Join","arguments":["LOBBY"]}"""
            .Replace("LOBBY", Lobby, StringComparison.Ordinal) + End);
        await UntilAsync(hub, "\"type\":3,\"invocationId\":\"1\"");
        await SendAsync(hub, """{"type":1,"invocationId":"2","target":"Send","arguments":["LOBBY","from the hub"]}"""
            .Replace("LOBBY", Lobby, StringComparison.Ordinal) + End);
        await UntilAsync(raw, "from the hub");

        using var sent = await http.PostAsync($"/team/chat/api/v1/chat/{Lobby}",
            new StringContent("""{"sender_id":"dan","body":"over REST"}"""));
        if (sent.StatusCode != HttpStatusCode.Accepted) throw new InvalidOperationException($"REST: {sent.StatusCode}");
        await UntilAsync(raw, "over REST");
        await UntilAsync(hub, "over REST");

        using var own = await ConnectAsync(server, "/team/own");
        await SendAsync(own, """{"protocol":"json","version":1}""" + End);
        await SendAsync(own, """{"type":1,"invocationId":"1","target":"Now","arguments":[]}""" + End);
        await UntilAsync(own, "the application");
    }

    private static void Demand(string what, string text, string part)
    {
        if (!text.Contains(part, StringComparison.Ordinal)) throw new InvalidOperationException($"{what}: {text}");
    }

    private static async Task<WebSocket> ConnectAsync(TestServer server, string path)
    {
        using var bound = new CancellationTokenSource(Bound);
        return await server.CreateWebSocketClient().ConnectAsync(new Uri("ws://localhost" + path), bound.Token);
    }

    private static async Task SendAsync(WebSocket socket, string text)
    {
        using var bound = new CancellationTokenSource(Bound);
        await socket.SendAsync(
            Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, bound.Token);
    }

    private static async Task UntilAsync(WebSocket socket, string part)
    {
        using var bound = new CancellationTokenSource(Bound);
        var seen = new StringBuilder();
        var buffer = new byte[16_384];
        while (!seen.ToString().Contains(part, StringComparison.Ordinal))
        {
            var received = await socket.ReceiveAsync(buffer, bound.Token);
            if (received.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException($"closed without {part}: {seen}");
            seen.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
        }
    }
}
