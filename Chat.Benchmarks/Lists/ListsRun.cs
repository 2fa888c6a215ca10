using System.Text.Json.Nodes;
using Chat.Benchmarks.Load;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace Chat.Benchmarks.Lists;

/// <summary>One run: fills a database, then reads pages of lists straight from the store.</summary>
internal sealed class ListsRun(DatabaseSettings database, LoadOptions options, TimeProvider time)
{
    private static readonly (string User, int Conversations)[] Users = [("few", 1_000), ("many", 20_000)];

    public async Task<JsonObject> RunAsync(TextWriter progress)
    {
        await using var stores = new StoreHost(database);
        var began = time.GetTimestamp();
        await FillAsync(stores);
        progress.WriteLine($"filled after {time.GetElapsedTime(began).TotalSeconds:0} s");
        var result = new JsonObject
        {
            ["conversations"] = options.Int("conversations"), ["pages"] = options.Int("pages"),
        };
        foreach (var (name, count) in Users)
        {
            var user = new UserKey(Tenant.Default, UserId.Parse(name));
            await ReadAsync(stores, user, 20); // the first of everything
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var pages = await ReadAsync(stores, user, options.Int("pages"));
            allocated = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / options.Int("pages");
            result[$"of_{count}_p50_ms"] = Math.Round(pages.Quantile(0.5), 1);
            result[$"of_{count}_p99_ms"] = Math.Round(pages.Quantile(0.99), 1);
            result[$"of_{count}_kib_a_page"] = allocated / 1024;
        }
        return result;
    }

    private async Task<Latencies> ReadAsync(StoreHost stores, UserKey user, int pages)
    {
        var latencies = new Latencies();
        for (var i = 0; i < pages; i++)
        {
            var at = time.GetTimestamp();
            var page = await stores.Conversations.ListAsync(user, CheckedListPage.First, CancellationToken.None);
            latencies.Add(time.GetElapsedTime(at));
            if (page.Count != CheckedListPage.First.Limit) throw new InvalidOperationException($"{page.Count} listed");
        }
        return latencies;
    }

    /// <summary>Some were active lately, most long ago. Of ten lists' entries eight are read to the end, one has some
    /// unread, one is far behind.</summary>
    private async Task FillAsync(StoreHost stores)
    {
        await using var context = await stores.CreateContextAsync();
        context.Database.SetCommandTimeout(TimeSpan.FromMinutes(20));
        var (conversations, entries) = (options.Int("conversations"), options.Int("entries"));
        string[] statements =
        [
            $"""
            insert into conversations (id, kind, title, created_at, last_sequence, last_entry_at, listed_at)
            select md5(i::text)::uuid, 0, 'Team ' || i, at - interval '1 day', {entries}, at,
                   at - random() * interval '60 seconds'
              from (select i, now() - power(random(), 2) * interval '90 days' as at
                      from generate_series(1, {conversations}) i) c
            """,
            $"""
            insert into messages (conversation_id, sequence, kind, sender_id, message, created_at, message_id, msg_type)
            select c.id, s, 0, 'user' || s % 5, repeat('lorem ipsum ', 2 + s % 9),
                   c.last_entry_at - ({entries} - s) * interval '1 minute', gen_random_uuid(), 0
              from conversations c, generate_series(1, {entries}) s where c.last_sequence = {entries}
            """,
            .. Users.Append(("user1", conversations)).Select(user =>
                $"""
                insert into participants (conversation_id, user_id, role, joined_at, last_read_sequence)
                select md5(i::text)::uuid, '{user.Item1}', 0, now(),
                       case when i % 10 < 8 then {entries} when i % 10 = 8 then {entries} - 2 else 0 end
                  from (select 1 + (n * 7919::bigint) % {conversations} as i
                          from generate_series(1, {user.Item2}) n) x
                on conflict do nothing
                """),
            "vacuum analyze conversations", "vacuum analyze messages", "vacuum analyze participants", "checkpoint",
        ];
        foreach (var statement in statements) await context.Database.ExecuteSqlRawAsync(statement);
    }
}
