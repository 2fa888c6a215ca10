using Chat.Benchmarks.Load;
using Chat.Benchmarks.Queue;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Chat.Benchmarks.Messages;

/// <summary>One conversation with a thread of very many replies, and messages before and behind it.</summary>
internal sealed class ThreadsRun(ServerSite site, LoadOptions options, LoadReport report, TimeProvider time)
{
    private const int Around = 30, Page = 50, WarmUp = 50;

    private ConversationId _conversation;

    public async Task RunAsync()
    {
        await using var hub = await site.ConnectAsync("ann");
        _conversation = await CreateAsync(hub);
        var elsewhere = await CreateAsync(hub);
        var (large, small) = (await SendAsync(hub, _conversation), await SendAsync(hub, _conversation));
        for (var i = 0; i < Around; i++) await SendAsync(hub, _conversation);
        await SendAsync(hub, _conversation, large); // from here on the rows are as the server writes them
        var began = time.GetTimestamp();
        await FillAsync(large);
        Console.Error.WriteLine($"filled after {time.GetElapsedTime(began).TotalSeconds:0} s");
        for (var i = 0; i < Around; i++) await SendAsync(hub, _conversation);
        var head = (await hub.HistoryAsync(_conversation, new() { Limit = 1 })).Head;

        var random = new Random(1);
        report.Add("open_", await ReadAsync(hub, () => new() { View = HistoryView.Thread, Thread = large }));
        report.Add("anywhere_", await ReadAsync(hub, () => new()
        {
            View = HistoryView.Thread, Thread = large, Before = random.NextInt64(2 * Around + Page, head - Around),
        }));
        report.Add("main_", await ReadAsync(hub, () => new() { View = HistoryView.Main }));
        report.Add("main_forward_", await ReadAsync(hub, () => new() { View = HistoryView.Main, After = large }));
        await SendsAsync(hub, large, small, elsewhere);
    }

    /// <summary>Each round sends one reply to each thread, so that both see the same load of the machine.</summary>
    private async Task SendsAsync(ChatHubConnection hub, long large, long small, ConversationId elsewhere)
    {
        var first = await SendAsync(hub, elsewhere);
        (string Name, ConversationId Conversation, long Thread, Latencies Took)[] threads =
        [
            ("large", _conversation, large, new()), ("small", _conversation, small, new()),
            ("elsewhere", elsewhere, first, new()),
        ];
        for (var i = -WarmUp; i < options.Int("sends"); i++)
            foreach (var thread in threads)
            {
                var at = time.GetTimestamp();
                await SendAsync(hub, thread.Conversation, thread.Thread);
                if (i >= 0) thread.Took.Add(time.GetElapsedTime(at));
            }
        foreach (var thread in threads) report.Add($"send_{thread.Name}_", thread.Took);
        report.Add("send_ratio_p50", threads[0].Took.Quantile(0.5) / threads[1].Took.Quantile(0.5));
        report.Add("send_ratio_elsewhere_p50", threads[0].Took.Quantile(0.5) / threads[2].Took.Quantile(0.5));
    }

    private async Task<Latencies> ReadAsync(ChatHubConnection hub, Func<HistoryQuery> query)
    {
        var latencies = new Latencies();
        for (var i = -WarmUp; i < options.Int("pages"); i++)
        {
            var at = time.GetTimestamp();
            var page = await hub.HistoryAsync(_conversation, query() with { Limit = Page });
            if (i >= 0) latencies.Add(time.GetElapsedTime(at));
            if (page.Entries.Count != Page || page.Current is null) report.Problem($"a page of {page.Entries.Count}");
        }
        return latencies;
    }

    /// <summary>Replies after the existing one.</summary>
    private async Task FillAsync(long thread)
    {
        await using var context = await site.Stores.CreateContextAsync();
        context.Database.SetCommandTimeout(TimeSpan.FromMinutes(20));
        var (id, replies) = (_conversation.Value, options.Int("replies"));
        await context.Database.ExecuteSqlAsync(
            $"""
            insert into messages (conversation_id, sequence, kind, sender_id, message, created_at, message_id, msg_type,
                   thread, is_shown, shown_before)
            select c.id, c.last_sequence + n, 0, 'user' || n % 20, repeat('lorem ipsum ', 2 + n % 9), now(),
                   gen_random_uuid(), 0, {thread}, false, c.last_shown_sequence
              from conversations c, generate_series(1, {replies}) n where c.id = {id}
            """);
        await context.Database.ExecuteSqlAsync(
            $"""
            update threads set replies = replies + {replies}, last_sequence = last_sequence + {replies}
             where conversation_id = {id} and thread = {thread}
            """);
        await context.Database.ExecuteSqlAsync(
            $"update conversations set last_sequence = last_sequence + {replies} where id = {id}");
        foreach (var statement in (string[])["vacuum analyze messages", "vacuum analyze", "checkpoint"])
            await context.Database.ExecuteSqlRawAsync(statement);
    }

    private static async Task<ConversationId> CreateAsync(ChatHubConnection hub) =>
        (await hub.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse("ann"), UserId.Parse("ben")],
        })).Id;

    private static async Task<long> SendAsync(
        ChatHubConnection hub, ConversationId conversation, long? thread = null) =>
        (await hub.SendAsync(conversation, "a message of some words", new() { Thread = thread })).Sequence;
}
