using System.Net;
using System.Text.Json;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Tests.Integration.Lists;

/// <summary>A page of a user's list, or why there is none.</summary>
/// <param name="Ids">The conversations.</param>
/// <param name="Cursor">That of the last one.</param>
/// <param name="Body">The first one's newest message.</param>
/// <param name="IsCut">Whether there is more of it.</param>
internal sealed record ListPage(IReadOnlyList<string> Ids, string? Cursor, string? Body, bool IsCut)
{
    public string? Refusal { get; private init; }

    /// <summary>Given a cursor and a limit, or neither.</summary>
    public delegate Task<ListPage> Ask(string? cursor, int? limit);

    /// <summary>With SignalR's own client.</summary>
    public static Ask HubAsync(TestServer server, string user) => async (cursor, limit) =>
    {
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Url, $"hubs/chat?user_id={user}")).Build();
        await hub.StartAsync().WaitAsync(Bounds.Wait);
        try
        {
            return Read(cursor is null && limit is null
                ? await hub.InvokeAsync<JsonElement>("Conversations").WaitAsync(Bounds.Wait)
                : await hub.InvokeAsync<JsonElement>("Conversations", new { cursor, limit }).WaitAsync(Bounds.Wait),
                "lastEntry", "isLastEntryCut");
        }
        catch (HubException e)
        {
            return Refused(e.Message.Split("bad_request: ")[1]);
        }
    };

    public static Ask RawAsync(TestServer server, string user) => async (cursor, limit) =>
    {
        await using var raw = await server.ConnectRawAsync(user, "conversations");
        await raw.SendAsync(cursor is null && limit is null
            ? new { type = "conversations" } : (object)new { type = "conversations", cursor, limit });
        while (true)
        {
            var frame = await raw.NextAsync();
            if (frame.GetProperty("type").GetString() is "error")
                return Refused(frame.GetProperty("error").GetString()!);
            if (frame.GetProperty("type").GetString() is "conversations") return ReadSnake(frame);
        }
    };

    public static Ask RestAsync(TestServer server, string user) => async (cursor, limit) =>
    {
        using var answer = await server.Http.GetAsync(
            new Uri($"/api/v1/chat?user_id={user}&cursor={cursor}&limit={limit}", UriKind.Relative));
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        if (answer.StatusCode != HttpStatusCode.OK) return Refused(json.GetProperty("error").GetString()!);
        Assert.Equal(json.GetProperty("conversations").GetArrayLength(), json.GetProperty("count").GetInt32());
        return ReadSnake(json);
    };

    private static ListPage ReadSnake(JsonElement answer) =>
        Read(answer.GetProperty("conversations"), "last_entry", "is_last_entry_cut");

    private static ListPage Read(JsonElement listed, string lastEntry, string isCut)
    {
        List<JsonElement> all = [.. listed.EnumerateArray()];
        var body = all[0].GetProperty(lastEntry) is { ValueKind: JsonValueKind.Object } entry
            && entry.TryGetProperty("body", out var text) ? text.GetString() : null;
        return new ListPage([.. all.Select(one => one.GetProperty("id").GetString()!)],
            all[^1].GetProperty("cursor").GetString(), body, all[0].GetProperty(isCut).GetBoolean());
    }

    private static ListPage Refused(string why) => new([], null, null, false) { Refusal = why };
}
