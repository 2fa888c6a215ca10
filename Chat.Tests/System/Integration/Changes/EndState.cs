using System.Globalization;
using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Tests.Fixtures.Messages;
using Chat.Tests.Integration.Membership;

namespace Chat.Tests.Integration.Changes;

/// <summary>What servers and tables say when all is quiet, against what the log says.</summary>
internal sealed class EndState(
    MembershipSite site, ConversationId conversation, List<FoldedMessage> messages)
{
    /// <summary>Null when nothing is wrong.</summary>
    public async Task<string?> ProblemAsync(IEnumerable<string> users)
    {
        if (await TableProblemAsync() is { } table) return table;
        foreach (var server in site.Servers)
        {
            if (await SnapshotProblemAsync(server) is { } snapshot) return snapshot;
            foreach (var user in users)
                if (await ListProblemAsync(server, user) is { } list) return $"{user}: {list}";
        }
        return null;
    }

    /// <summary>The first message in which they differ.</summary>
    public static string? Differs(IEnumerable<FoldedMessage> found, IReadOnlyList<FoldedMessage> right)
    {
        var lines = found.Select(one => $"{one}").ToList();
        return lines.Count != right.Count ? $"{lines.Count} of {right.Count} messages" : lines.Zip(right)
            .Where(pair => pair.First != $"{pair.Second}").Select(pair => $"{pair.First}, it is {pair.Second}")
            .FirstOrDefault();
    }

    /// <summary>The tables say what the log says, before they are made again from it, and after.</summary>
    private async Task<string?> TableProblemAsync()
    {
        var expected = messages
            .Where(one => one.Version != one.Sequence || one.IsPinned)
            .Select(one => $"{one.Sequence}|{one.Version}|{(one.IsDeleted ? 1 : 0)}|{(one.IsPinned ? 1 : 0)}")
            .Concat(messages.Where(one => one.LastReply > 0)
                .Select(one => $"thread {one.Sequence}|{one.Replies}|{one.LastReply}"))
            .Concat(messages.SelectMany(one => one.Counts.OrderBy(count => count.Key, StringComparer.Ordinal)
                .Select(count => $"reaction {one.Sequence}|{count.Key}|{count.Count}"))).ToList();
        var found = await TablesAsync();
        if (!expected.SequenceEqual(found)) return $"tables have {Odd(found, expected)}";
        await using var stores = new StoreHost(site.Database.Settings);
        await stores.Rebuild.RunAsync(default);
        var rebuilt = await TablesAsync();
        return expected.SequenceEqual(rebuilt) ? null : $"the rebuild makes {Odd(rebuilt, expected)}";

        static string Odd(List<string> found, List<string> expected) =>
            $"{string.Join(", ", found.Except(expected))} in place of {string.Join(", ", expected.Except(found))}";
    }

    private async Task<List<string>> TablesAsync()
    {
        var id = site.Database.Literal(conversation);
        return
        [
            .. await site.Database.QueryAsync("select sequence, version, case when is_deleted then 1 else 0 end, "
                + "case when pin_sequence is null then 0 else 1 end from message_states "
                + $"where conversation_id = {id} and (version <> sequence or is_deleted or pin_sequence is not null) "
                + "order by sequence"),
            .. await site.Database.QueryAsync("select 'thread ' || thread, replies, last_sequence from threads "
                + $"where conversation_id = {id} order by thread"),
            .. await site.Database.QueryAsync("select 'reaction ' || target_sequence, key, n from reaction_totals "
                + $"where conversation_id = {id} order by target_sequence, key"),
        ];
    }

    /// <summary>Fresh pages of the main stream and of each thread, over the hub in both protocols and over REST; and
    /// the messages as REST folds them.</summary>
    private async Task<string?> SnapshotProblemAsync(TestServer server)
    {
        var user = messages[0].Message.SenderId.Value;
        await using var json = await HubDevice.ConnectAsync(server.Url, user, conversation, isBinary: false);
        await using var pack = await HubDevice.ConnectAsync(server.Url, user, conversation, isBinary: true);
        foreach (var (name, readAsync) in ((string, Func<HistoryQuery, Task<HistoryPage>>)[])
        [
            ("JSON", query => PageReading.ByHubAsync(json, query)),
            ("MessagePack", query => PageReading.ByHubAsync(pack, query)),
            ("REST", query => PageReading.ByRestAsync(server, user, conversation, query)),
        ])
        {
            var shown = new FoldedLog();
            foreach (var page in await PageReading.AllAsync(new() { View = HistoryView.Main, Limit = 40 }, readAsync))
                shown.Add(page);
            foreach (var first in messages.Where(one => one.LastReply > 0))
                foreach (var page in await PageReading.AllAsync(
                    new() { View = HistoryView.Thread, Thread = first.Sequence, Limit = 40 }, readAsync))
                    shown.Add(page);
            if (Differs(shown.Messages, messages) is { } problem) return $"a snapshot by {name} is {problem}";
        }
        var texts = await TextsAsync(server, user);
        return texts.SequenceEqual(messages.FindAll(one => !one.IsDeleted).Select(one => one.Message.Body))
            ? null
            : $"REST lists {string.Join(' ', texts)}";
    }

    /// <summary>By pages of messages, ascending.</summary>
    private async Task<List<string?>> TextsAsync(TestServer server, string user)
    {
        var (texts, before) = (new List<string?>(), long.MaxValue);
        while (true)
        {
            var answer = await server.Http.GetStringAsync(string.Create(CultureInfo.InvariantCulture,
                $"/api/v1/chat/{conversation}/messages?user_id={user}&limit=30&before_seq={before}"));
            var page = JsonDocument.Parse(answer).RootElement.GetProperty("messages").EnumerateArray().ToList();
            if (page.Count == 0) break;
            texts.AddRange(page.Select(message => message.GetProperty("body").GetString()));
            before = page[^1].GetProperty("seq").GetInt64();
        }
        texts.Reverse();
        return texts;
    }

    /// <summary>The user's list, threads, mentions and pins, by brute force over the log.</summary>
    private async Task<string?> ListProblemAsync(TestServer server, string user)
    {
        await using var hub = await server.ConnectHubAsync(user);
        var id = UserId.Parse(user);
        var listed = (await hub.ConversationsAsync()).Single(one => one.Id == conversation);
        var unread = messages.Count(one => !one.IsDeleted && one.Message.SenderId != id
            && ShownRules.IsShown(one.Message) && one.Sequence > listed.LastReadSequence);
        if (conversation == ConversationId.Lobby && listed.LastReadSequence == 0) unread = 0; // marked nothing
        if (listed.Unread != new Unread(Math.Min(unread, 99), unread > 99))
            return $"{listed.Unread} behind {listed.LastReadSequence}, {unread} are";
        foreach (var thread in await hub.ThreadsAsync(conversation, new() { Limit = 50 }))
        {
            var replies = messages.FindAll(one => one.Message.Thread == thread.Thread);
            var behind = replies.Count(one => !one.IsDeleted && one.Message.SenderId != id
                && !one.Message.AlsoInConversation && one.Sequence > thread.LastReadSequence);
            if ((thread.Replies, thread.LastSequence) != (replies.Count(one => !one.IsDeleted), replies[^1].Sequence)
                || (thread.IsFollowing && thread.Unread != new Unread(behind, false)))
                return $"{thread} has {replies.Count} replies, {behind} unread";
        }
        var pins = (await hub.PinsAsync(conversation)).Select(pin => pin.Sequence).Order();
        if (!pins.SequenceEqual(messages.FindAll(one => one.IsPinned).Select(one => one.Sequence)))
            return $"{string.Join(' ', pins)} are pinned";
        // Nobody takes part in the lobby, so a mention there counts for nobody.
        var naming = messages.FindAll(one => conversation != ConversationId.Lobby
            && one.Message.Mentions?.Users.Contains(id) == true).Select(one => one.Sequence).ToList();
        var mentions = (await MentionsAsync(hub)).Order().ToList();
        return mentions.SequenceEqual(naming)
            ? null
            : $"mentions are {string.Join(' ', mentions)}, not {string.Join(' ', naming)}";
    }

    private async Task<List<long>> MentionsAsync(ChatHubConnection hub)
    {
        var mentions = new List<long>();
        for (string? after = null; ;)
        {
            var page = await hub.MentionsAsync(new() { After = after, Limit = 20 });
            mentions.AddRange(page.Where(one => one.ConversationId == conversation).Select(one => one.Sequence));
            if (page.Count < 20) return mentions;
            after = page[^1].Cursor;
        }
    }
}
