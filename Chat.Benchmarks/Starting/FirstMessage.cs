using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Chat.Benchmarks.Load.Clients;

namespace Chat.Benchmarks.Starting;

/// <summary>A conversation, a raw socket and a message, until that is stored.</summary>
internal static class FirstMessage
{
    private static readonly string[] People = ["ann", "ben"];

    /// <exception cref="TimeoutException">It was not stored in time.</exception>
    public static async Task StoreAsync(IPEndPoint address)
    {
        var server = new Uri($"http://{address}");
        using var http = new HttpClient { BaseAddress = server };
        using var made = await http.PostAsJsonAsync("api/v1/chat", new { participant_ids = People });
        made.EnsureSuccessStatusCode();
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await using var socket = await FrameSocket.ConnectAsync(
            server, "/api/v1/chat/ws?user_id=ann", receiveBuffer: 0, default);
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        socket.Start(
            payload =>
            {
                if (!payload.StartsWith("{\"type\":\"connected\""u8) && !payload.StartsWith("{\"type\":\"joined\""u8))
                    answer.TrySetResult(Encoding.UTF8.GetString(payload));
            },
            how => answer.TrySetResult(how));
        await socket.SendTextAsync(Encoding.UTF8.GetBytes(
            $$"""{"type":"join","conversation_id":"{{id}}"}"""), default);
        await socket.SendTextAsync(Encoding.UTF8.GetBytes(
            $$"""{"type":"message","conversation_id":"{{id}}","body":"first"}"""), default);
        var said = await answer.Task.WaitAsync(Bounds.Wait, TimeProvider.System);
        // What is shown was stored before.
        if (!said.StartsWith("{\"type\":\"message\"", StringComparison.Ordinal)) throw new IOException(said);
    }
}
