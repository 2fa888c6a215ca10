using System.Text.Json.Nodes;
using Chat.Benchmarks.Load;
using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Chat.Benchmarks.Queue;

/// <summary>Sends one message to each of many conversations and measures the notices.</summary>
internal sealed class NoticesRun(ServerSite site, NoticeReceiver receiver, LoadOptions options, TimeProvider time)
{
    private const int Senders = 4, UnderWay = 64;

    public async Task<JsonObject> RunAsync()
    {
        var conversations = await MakeAsync(Math.Max(1, options.Int("conversations")));
        var senders = new List<ChatHubConnection>();
        for (var i = 0; i < Senders; i++) senders.Add(await site.ConnectAsync("ann"));
        var rates = new JsonArray();
        double stored = 0, level = 0;
        for (var round = 0; round < Math.Max(1, options.Int("rounds")); round++)
        {
            receiver.Expect(conversations.Count);
            var began = time.GetTimestamp();
            await SendAsync(senders, conversations);
            var sent = time.GetTimestamp();
            var (first, last) = await receiver.WhenAllAsync();
            stored = time.GetElapsedTime(began, sent).TotalSeconds;
            level = time.GetElapsedTime(sent, last).TotalSeconds;
            rates.Add(Math.Round(conversations.Count / time.GetElapsedTime(first, last).TotalSeconds));
        }
        foreach (var sender in senders) await sender.DisposeAsync();
        return new JsonObject
        {
            ["conversations"] = conversations.Count, ["notices_per_s"] = rates, ["repeated"] = receiver.Repeated,
            ["stored_per_s"] = Math.Round(conversations.Count / stored),
            ["last_after_sent_s"] = Math.Round(level, 2), ["gather_s"] = options.Int("gather"),
        };
    }

    private async Task<List<ConversationId>> MakeAsync(int count)
    {
        await using var context = await site.Stores.CreateContextAsync();
        string[] statements =
        [
            $"""
            insert into conversations (id, kind, created_at, last_sequence, last_entry_at)
            select ('eeeeeeee-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 0, now(), 0, now()
              from generate_series(1, {count}) i
            """,
            """
            insert into participants (conversation_id, user_id, role, joined_at)
            select id, u, 0, now() from conversations, unnest(array['ann', 'away']) u where id::text like 'eeee%'
            """,
            "analyze",
        ];
        foreach (var statement in statements) await context.Database.ExecuteSqlRawAsync(statement);
        return await context.Conversations.Where(c => c.Id != ConversationId.Lobby).Select(c => c.Id).ToListAsync();
    }

    private static async Task SendAsync(List<ChatHubConnection> senders, List<ConversationId> conversations)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Senders * UnderWay).Select(i => Task.Run(async () =>
        {
            for (var n = Interlocked.Increment(ref next); n < conversations.Count; n = Interlocked.Increment(ref next))
                await senders[i % senders.Count].SendAsync(conversations[n], "a note for somebody who is away");
        })));
    }
}
