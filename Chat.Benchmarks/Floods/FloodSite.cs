using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Chat.Contracts.Protocol;

namespace Chat.Benchmarks.Floods;

/// <summary>The server under floods, and the conversations that they use.</summary>
internal sealed class FloodSite(Uri server, IPAddress from, TimeProvider time)
{
    public const string Lobby = "00000000-0000-0000-0000-000000000001";

    private const int ReceiveBuffer = 4_096;

    public Uri Server => server;

    /// <summary>The source address of its connections.</summary>
    public IPAddress Address => from;

    public TimeProvider Time => time;

    /// <summary>A conversation of many messages of 64 KiB.</summary>
    public string Fat { get; private set; } = "";

    /// <summary>That conversation and others that receive large messages during the floods.</summary>
    public IReadOnlyList<string> Some { get; private set; } = [];

    /// <summary>The same server, used from another address.</summary>
    public FloodSite From(IPAddress address) => new(server, address, time) { Fat = Fat, Some = Some };

    public Task<FloodLine> RawAsync(string user, string features, CancellationToken ct, bool isSlow = false) =>
        FloodLine.UpgradeAsync(server, from, $"/api/v1/chat/ws?user_id={user}&features={features}",
            isSlow ? ReceiveBuffer : 0, ct);

    public async Task<FloodLine> HubAsync(string user, CancellationToken ct, bool isSlow = false)
    {
        var line = await FloodLine.UpgradeAsync(server, from, $"{ChatHubRoute.Path}?user_id={user}",
            isSlow ? ReceiveBuffer : 0, ct);
        await line.SendTextAsync("{\"protocol\":\"json\",\"version\":1}\u001e", ct);
        await line.UntilAsync("{}", ct);
        return line;
    }

    /// <summary>One request on a new connection. The answer is not read.</summary>
    public async Task<FloodLine> AskAsync(string path, CancellationToken ct, bool isSlow = false)
    {
        var line = await FloodLine.ConnectAsync(server, from, isSlow ? ReceiveBuffer : 0, ct);
        await line.SendBytesAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\n\r\n"),
            ct);
        return line;
    }

    public async Task PrepareAsync(int messages, int conversations, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = server };
        var made = new List<string>();
        for (var i = 0; i < conversations; i++) made.Add(await MakeAsync(http, "flood", ct));
        (Fat, Some) = (made[0], made);
        using var writer = await RawAsync("flood", "receipts", ct);
        await writer.SendTextAsync(Command("join", Fat), ct);
        await writer.UntilAsync("joined", ct);
        for (var i = 0; i < messages; i++)
        {
            await writer.SendTextAsync(Message(Fat, 64 * 1024), ct);
            await writer.UntilAsync("\"receipt\"", ct);
        }
    }

    public static Task<string> MakeAsync(HttpClient http, string user, CancellationToken ct) =>
        MakeAsync(http, [user], ct);

    /// <summary>Creates a conversation.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> MakeAsync(HttpClient http, IReadOnlyList<string> users, CancellationToken ct)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/chat", new { participant_ids = users }, ct);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct))!["id"]!.GetValue<string>();
    }

    public static string Command(string type, string conversation, string more = "") =>
        $"{{\"type\":\"{type}\",\"conversation_id\":\"{conversation}\"{more}}}";

    public static string Message(string conversation, int characters) =>
        Command("message", conversation, $",\"body\":\"{new string('A', characters)}\"");

    public static string Call(string method, string arguments) =>
        $"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"{method}\",\"arguments\":[{arguments}]}}\u001e";
}
