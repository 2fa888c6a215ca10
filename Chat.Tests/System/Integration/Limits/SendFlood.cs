using Chat.ClientSdk;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Integration.Limits;

/// <summary>The SDK's outbox sends more than a limit lets through.</summary>
internal static class SendFlood
{
    /// <summary>All are stored, in order, each once, and some had to wait.</summary>
    /// <param name="standing">The server. Its clock stands until too much came, however long that takes.</param>
    /// <param name="chat">The sender.</param>
    /// <param name="count">How many messages.</param>
    /// <param name="limit">The limit that they meet.</param>
    public static async Task PassesAsync(StandingServer standing, ChatClient chat, int count, string limit)
    {
        var sends = Enumerable.Range(1, count).Select(i => chat.SendAsync(ConversationId.Lobby, $"m{i}")).ToList();
        await standing.Server.UntilMetricAsync($"chat_rate_limited_total{{limit=\"{limit}\"}}");
        await Eventually.HoldsAsync(() =>
        {
            standing.Pass(TimeSpan.FromMilliseconds(20));
            return sends.TrueForAll(send => send.IsCompleted);
        });
        await Task.WhenAll(sends);
        var bodies = new List<string?>();
        await foreach (var entry in chat.ReadAsync(ConversationId.Lobby, after: 0).Take(count))
            bodies.Add(((MessageEntry)entry).Body);
        bodies.Should().Equal(Enumerable.Range(1, count).Select(i => $"m{i}"));
    }
}
