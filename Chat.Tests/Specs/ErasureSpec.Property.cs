using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <content>Generated runs: the log, the tables and the fold agree about what is erased.</content>
public abstract partial class ErasureSpec
{
    // CH-260, CH-261, CH-264
    [SpecFact]
    public async Task After_any_run_what_a_client_saw_folded_is_the_log_and_the_tables_are_those_of_the_rebuild()
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            var (random, id) = (new Random(seed), await CreateConversationAsync("ann", "bob"));
            var seen = new List<ConversationEntry>(await ReadAllAsync(id)); // as a client has it that saw all live
            for (var step = 0; step < 40; step++)
            {
                var draft = NextDraft(random, id, seen);
                var outcome = (await StoreAsync(draft))[0];
                if (outcome.Status == CommitStatus.Stored) seen.Add(draft.ToEntry(outcome));
            }

            var now = await ReadAllAsync(id);
            Assert.Equal(Folded(seen).Select(Write), now.Select(Write));
            var tables = await TablesAsync(id);
            await Stores.Rebuild.RunAsync(None);
            Assert.Equal(tables, await TablesAsync(id));
            Assert.Equal(now.Select(Write), (await ReadAllAsync(id)).Select(Write));
            Assert.Equal(RepliesOf(now), await Database.QueryAsync("select thread, replies from threads "
                + $"where conversation_id = {Literal(id)} order by thread"));
        }
    }

    private static Draft NextDraft(Random random, ConversationId id, List<ConversationEntry> seen)
    {
        var messages = seen.OfType<MessageEntry>().ToList();
        var sender = random.Next(2) == 0 ? Ann : Bob;
        if (messages.Count < 3) return Say(id, sender, "first");
        var target = messages[random.Next(messages.Count)];
        return random.Next(20) switch
        {
            < 7 => Of(id, sender, EntryContent.Message(Saying($"says {random.Next()}",
                random.Next(2) == 0 ? null : messages[0].Sequence, random.Next(3) == 0 ? [Bob] : []))),
            < 12 => Edit(id, target.SenderId, target.Sequence, $"edit {random.Next()}",
                random.Next(3) == 0 ? [Bob] : []),
            12 => Delete(id, sender, target.Sequence, random.Next(2) == 0 ? "why" : null),
            13 or 14 => Pin(id, target.Sequence, isPinned: random.Next(3) > 0),
            15 or 16 => EraseThrough(id, random.Next(1, seen.Count + 1)),
            17 => EraseUser(id, sender),
            _ => Say(id, sender, "plain"),
        };
    }

    /// <summary>What a client makes of the entries that it saw: each without content where a later one says
    /// so.</summary>
    private static IEnumerable<ConversationEntry> Folded(List<ConversationEntry> seen) => seen.Select(entry =>
        seen.Exists(later => later.Sequence > entry.Sequence && later switch
        {
            ContentErasedEntry erasure => Erasure.Concerns(entry, erasure),
            MessageDeletedEntry deletion => Erasure.Concerns(entry, deletion.TargetSequence),
            _ => false,
        })
            ? Erasure.Of(entry)
            : entry);

    private static IEnumerable<string> RepliesOf(List<ConversationEntry> log) => log.OfType<MessageEntry>()
        .Where(message => message.Thread is not null).GroupBy(message => message.Thread)
        .OrderBy(thread => thread.Key).Select(thread => $"{thread.Key}|{thread.Count(reply => !reply.Erased)}");

    private static string Write(ConversationEntry entry) =>
        JsonSerializer.Serialize(entry, ChatJsonContext.Default.ConversationEntry);

    private async Task<List<string>> TablesAsync(ConversationId id)
    {
        var tables = new List<string>();
        foreach (var rows in new[]
        {
            "sequence, version, case when is_deleted then 1 else 0 end, pin_sequence from message_states "
                + "where (version <> sequence or is_deleted or pin_sequence is not null)",
            "thread, replies, last_sequence from threads where true",
            "sequence, user_id from mentions where true",
        })
            tables.AddRange(await Database.QueryAsync(
                $"select {rows} and conversation_id = {Literal(id)} order by 1, 2"));
        return tables;
    }
}
