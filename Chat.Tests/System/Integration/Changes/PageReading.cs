using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Tests.Integration.Membership;

namespace Chat.Tests.Integration.Changes;

/// <summary>Pages of views, over the hub in either protocol and over REST.</summary>
internal static class PageReading
{
    public static async Task<HistoryPage> ByHubAsync(HubDevice hub, HistoryQuery query)
    {
        var asked = JsonSerializer.Serialize(query, ChatJsonContext.Default.HistoryQuery);
        var answer = await hub.InvokeAsync("History", $"\"{hub.Conversation}\",{asked}");
        Assert.Null(HubDevice.RefusalOf(answer));
        return answer.GetProperty("result").Deserialize(ChatJsonContext.Default.HistoryPage)!;
    }

    public static async Task<HistoryPage> ByRestAsync(
        TestServer server, string user, ConversationId conversation, HistoryQuery query)
    {
        var view = query.View.ToString()!.ToLowerInvariant();
        var answer = await server.Http.GetStringAsync($"/api/v1/chat/{conversation}/messages?user_id={user}"
            + $"&view={view}&limit={query.Limit}&thread={query.Thread}&before_seq={query.Before}"
            + $"&after_seq={query.After}");
        return Spelled.Page(JsonDocument.Parse(answer).RootElement, conversation);
    }

    /// <summary>All pages of a view, from the first entry on.</summary>
    public static async Task<List<HistoryPage>> AllAsync(
        HistoryQuery query, Func<HistoryQuery, Task<HistoryPage>> readAsync)
    {
        var pages = new List<HistoryPage>();
        while (await readAsync(query with { After = pages.LastOrDefault()?.Entries[^1].Sequence ?? 0 })
            is { Entries.Count: > 0 } page) pages.Add(page);
        return pages;
    }
}
