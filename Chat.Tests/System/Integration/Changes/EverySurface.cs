using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.Tests.Integration.Changes;

/// <summary>All that a user is shown of a conversation, by every call and address that shows messages.</summary>
internal static class EverySurface
{
    /// <param name="server">Who is asked.</param>
    /// <param name="user">Who asks. It writes a message into the conversation, to see where its end is.</param>
    /// <param name="conversation">Where the user may read and write.</param>
    /// <param name="messages">Those that are asked for one by one.</param>
    /// <returns>What was asked, and all that was answered.</returns>
    public static async Task<List<(string Surface, string Answer)>> AskAsync(
        TestServer server, string user, ConversationId conversation, IReadOnlyCollection<long> messages)
    {
        await using var hub = await server.ConnectHubAsync(user);
        var answers = await AskHubAsync(hub, conversation, messages);
        foreach (var features in new[] { RawChanges.Features, "seq,edits", "seq", "threads,edits", "" })
            answers.Add(($"raw {features}", await ReadRawAsync(server, hub, user, features, conversation)));
        foreach (var path in Paths(user, conversation, messages))
            answers.Add((path, await server.Http.GetStringAsync(path)));
        if (conversation == ConversationId.Lobby) answers.Add(("poll", await PollAsync(server)));
        return answers;
    }

    private static async Task<List<(string, string)>> AskHubAsync(
        ChatHubConnection hub, ConversationId conversation, IReadOnlyCollection<long> messages)
    {
        var answers = new List<(string, string)>();
        foreach (var view in new[] { HistoryView.Log, HistoryView.Main })
            foreach (var page in await PageReading.AllAsync(
                new() { View = view, Limit = 500 }, query => hub.HistoryAsync(conversation, query)))
                answers.Add(($"History {view}", Json(page)));
        foreach (var message in messages)
            foreach (var (name, page) in new[]
            {
                ("Message", await hub.MessageAsync(conversation, message)),
                ("Versions", await hub.VersionsAsync(conversation, message)),
                ("History of a thread", await hub.HistoryAsync(
                    conversation, new() { View = HistoryView.Thread, Thread = message })),
                ("History", await hub.HistoryAsync(conversation, new() { After = message - 1, Limit = 1 })),
            }) answers.Add(($"{name} of {message}", Json(page)));
        await hub.MarkReadAsync(conversation, 1);
        answers.AddRange((await hub.ConversationsAsync()).Select(one => ("Conversations", $"{one.LastEntry}")));
        answers.AddRange((await hub.ThreadsAsync(conversation)).Select(one => ("Threads", $"{one.LastEntry}")));
        answers.AddRange((await hub.PinsAsync(conversation)).Select(one => ("Pins", $"{one.Entry}")));
        answers.AddRange((await hub.MentionsAsync()).Select(one => ("Mentions", $"{one.Entry}")));
        return answers;
    }

    private static IEnumerable<string> Paths(
        string user, ConversationId conversation, IReadOnlyCollection<long> messages)
    {
        var (all, who) = ($"/api/v1/chat/{conversation}/messages", $"user_id={user}");
        return
        [
            $"{all}?{who}&limit=500", $"{all}?{who}&after_seq=0&limit=500", $"{all}?{who}&view=main&limit=500",
            $"{all}?{who}&view=log&limit=500", $"/api/v1/chat/{conversation}/threads?{who}&limit=50",
            $"/api/v1/chat/{conversation}/pins?{who}", $"/api/v1/mentions?{who}", $"/api/v1/chat?{who}",
            .. messages.SelectMany(message => (string[])
            [
                $"{all}/{message}?{who}", $"{all}/{message}/versions?{who}",
                $"{all}?{who}&view=thread&thread={message}",
            ]),
        ];
    }

    /// <summary>From the beginning of the log to a message that is sent now.</summary>
    private static async Task<string> ReadRawAsync(
        TestServer server, ChatHubConnection hub, string user, string features, ConversationId conversation)
    {
        await using var raw = await server.ConnectRawAsync(user, features);
        await raw.JoinAsync(conversation, 0);
        var end = $"the end {Guid.NewGuid()}";
        await hub.SendAsync(conversation, end);
        var read = new List<string> { "" };
        while (!read[^1].Contains(end, StringComparison.Ordinal)) read.Add(await raw.NextTextAsync());
        return string.Join('\n', read);
    }

    private static async Task<string> PollAsync(TestServer server)
    {
        using var joined = await server.Http.PostAsync(
            "/api/join", new StringContent("""{"client_id":"poll"}"""));
        return await server.Http.GetStringAsync("/api/messages?client_id=poll&after_id=0");
    }

    private static string Json(HistoryPage page) =>
        JsonSerializer.Serialize(page, ChatJsonContext.Default.HistoryPage);
}
