using System.Text;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>Entries that erase content, and what goes with them, in the transaction that stores them: on either
/// database.</summary>
public abstract partial class ErasureSpec : StoreSpec
{
    private static readonly UserId Ann = UserId.Parse("ann"), Bob = UserId.Parse("bob");

    private static CancellationToken None => CancellationToken.None;

    // CH-260
    [SpecFact]
    public async Task Everything_up_to_a_sequence_is_erased_with_later_edits_pins_mentions_and_reactions()
    {
        var id = await CreateConversationAsync("ann", "bob");
        await StoreAsync(Say(id, Ann, "old @bob", Bob), Say(id, Bob, "old too")); // 2, 3
        await StoreAsync(Say(id, Ann, "young @bob", Bob)); // 4
        await StoreAsync(Edit(id, Ann, 2, "edited @bob", Bob)); // 5
        await StoreAsync(Pin(id, 2), Pin(id, 4)); // 6, 7
        await ReactAsync(id, 2, 3, 4);

        var erased = await StoreAsync(EraseThrough(id, 3)); // 8

        Assert.Equal((CommitStatus.Stored, 8), (erased[0].Status, erased[0].Sequence));
        var log = await ReadAllAsync(id);
        Assert.Equal([null, null, "young @bob", null], log.Where(e => e is MessageEntry or MessageEditedEntry)
            .Select(BodyOf));
        Assert.All([log[1], log[2], log[4]], entry => Assert.True(entry.Erased));
        Assert.False(log[3].Erased);
        Assert.Equal(3, Assert.IsType<ContentErasedEntry>(log[7]).ThroughSequence);
        Assert.Empty(await Database.QueryAsync(
            "select 1 from messages where message like 'old%' or message like 'edited%' or payload like '%edited%'"));
        Assert.Equal(["4"], await Database.QueryAsync("select sequence from mentions"));
        Assert.Equal(["4"], await Database.QueryAsync("select target_sequence from reactions"));
        Assert.Equal(["4"], await Database.QueryAsync("select target_sequence from reaction_totals"));
        Assert.Equal(["4"],
            await Database.QueryAsync("select sequence from message_states where pin_sequence is not null"));
        Assert.Equal(["3"], await Database.QueryAsync("select erased_sequence from conversations where "
            + $"id = {Literal(id)}"));
    }

    // CH-261
    [SpecFact]
    public async Task All_that_a_user_sent_before_the_entry_is_erased_and_nothing_else()
    {
        var id = await CreateConversationAsync("ann", "bob");
        var other = await CreateConversationAsync("ann", "bob");
        await StoreAsync(Say(id, Ann, "of ann"), Say(id, Bob, "of bob")); // 2, 3
        await StoreAsync(Edit(id, Ann, 2, "of ann still"), Delete(id, Bob, 3, "bob says why")); // 4, 5
        await StoreAsync(Say(id, Bob, "bob again"), Say(other, Ann, "elsewhere")); // 6

        await StoreAsync(EraseUser(id, Ann)); // 7
        await StoreAsync(Say(id, Ann, "later")); // 8

        Assert.Equal([null, null, null, "bob again", "later"],
            (await ReadAllAsync(id)).Where(e => e is MessageEntry or MessageEditedEntry).Select(BodyOf));
        Assert.Equal("bob says why", (await ReadAllAsync(id)).OfType<MessageDeletedEntry>().Single().Reason);
        Assert.Contains("elsewhere", (await ReadAllAsync(other)).Select(BodyOf));
        await StoreAsync(EraseUser(id, Bob)); // 9
        Assert.Null((await ReadAllAsync(id)).OfType<MessageDeletedEntry>().Single().Reason);
    }

    // CH-262
    [SpecFact]
    public async Task What_is_erased_is_changed_by_nothing_and_pinned_by_nobody()
    {
        var id = await CreateConversationAsync("ann", "bob");
        await StoreAsync(Say(id, Ann, "one"), Say(id, Ann, "two")); // 2, 3
        await StoreAsync(EraseUser(id, Ann));

        foreach (var change in new[] { Edit(id, Ann, 2, "back"), Delete(id, Ann, 3), Pin(id, 2) })
            Assert.Equal(CommitStatus.Gone, (await StoreAsync(change))[0].Status);
        Assert.Equal(4, (await ReadAllAsync(id)).Count);
    }

    // CH-263: it is carried out again, by another instance or after a lost answer
    [SpecFact]
    public async Task An_erasure_that_is_repeated_is_stored_once_and_takes_nothing_that_came_later()
    {
        var id = await CreateConversationAsync("ann", "bob");
        await StoreAsync(Say(id, Ann, "before"));
        var first = await StoreAsync(EraseUser(id, Ann, "key"));
        await StoreAsync(Say(id, Ann, "after"));

        var again = await AnotherInstance().Messages.CommitAsync([EraseUser(id, Ann, "key")], Drafts.Noon, None);

        Assert.Equal((CommitStatus.Duplicate, first[0].Sequence), (again[0].Status, again[0].Sequence));
        Assert.Equal([null, "after"], (await ReadAllAsync(id)).OfType<MessageEntry>().Select(m => m.Body));
    }

    // CH-260
    [SpecFact]
    public async Task A_task_that_still_has_a_copy_of_an_erased_message_loses_it()
    {
        var id = await CreateConversationAsync("ann", "bob");
        var sent = Say(id, Ann, "secret");
        await StoreAsync(sent);
        await Stores.Tasks.EnqueueAsync(
        [
            NewTasks.Of(Server.Transports.Rest.ChatSendTask.Type) with
            {
                Id = sent.Id.Value,
                Payload = Encoding.UTF8.GetBytes("""{"SenderId":"ann","Body":"secret","Options":{"ReplyTo":1}}"""),
            },
        ], Drafts.Noon, None);

        await StoreAsync(EraseThrough(id, 2));

        await using var db = await Stores.CreateContextAsync();
        var payload = Encoding.UTF8.GetString(db.Set<TaskRow>().Single().Payload);
        Assert.DoesNotContain("secret", payload, StringComparison.Ordinal);
        Assert.Contains("ann", payload, StringComparison.Ordinal);
    }

    // CH-262
    [SpecFact]
    public async Task Edits_that_race_with_an_erasure_are_stored_before_it_and_erased_or_refused()
    {
        var id = await CreateConversationAsync("ann", "bob");
        await StoreAsync([.. Enumerable.Range(0, 40).Select(i => Say(id, Ann, $"secret {i}"))]);
        var hosts = new[] { AnotherInstance(), AnotherInstance() };
        var editing = hosts.Select((host, n) => Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
                await RunAgainAsync(() => host.Messages.CommitAsync(
                    [Edit(id, Ann, 2 + i, $"secret {n} again")], Drafts.Noon, None));
        }));
        var erasing = Task.Run(() => RunAgainAsync(() => StoreAsync(EraseUser(id, Ann))));

        await Task.WhenAll([.. editing, erasing]);

        var log = await ReadAllAsync(id);
        var erasure = Assert.Single(log.OfType<ContentErasedEntry>());
        Assert.All(log.OfType<MessageEditedEntry>(), edit => Assert.True(edit.Sequence < erasure.Sequence));
        Assert.All(log.Where(e => e is MessageEntry or MessageEditedEntry), entry => Assert.True(entry.Erased));
        Assert.Empty(await Database.QueryAsync("select 1 from messages where message like '%secret%'"));
    }

    // CH-260
    [SpecFact]
    public async Task The_rebuild_erases_what_the_log_says_is_erased()
    {
        var id = await CreateConversationAsync("ann", "bob");
        await StoreAsync(Say(id, Ann, "one"), Say(id, Bob, "two"), Say(id, Bob, "three")); // 2–4
        await StoreAsync(Pin(id, 2)); // 5
        await StoreAsync(EraseThrough(id, 2)); // 6
        await StoreAsync(EraseUser(id, Bob)); // 7
        await StoreAsync(Say(id, Bob, "four")); // 8
        await Database.ExecuteAsync("update messages set message = 'back' where sequence in (2, 3, 4)");
        await Database.ExecuteAsync("update message_states set pin_sequence = 5");

        await Stores.Rebuild.RunAsync(None);

        Assert.Equal([null, null, null, "four"], (await ReadAllAsync(id)).OfType<MessageEntry>().Select(m => m.Body));
        Assert.Empty(await Database.QueryAsync("select 1 from message_states where pin_sequence is not null"));
    }

    private Task<CommitOutcome[]> StoreAsync(params Draft[] drafts) =>
        Stores.Messages.CommitAsync(drafts, Drafts.Noon, None);

    private async Task ReactAsync(ConversationId id, params long[] targets)
    {
        var keys = Kind == DatabaseKind.Sqlite ? "'[\"x\"]'" : "array['x']";
        foreach (var target in targets)
        {
            await Database.ExecuteAsync(
                $"insert into reactions (conversation_id, target_sequence, user_id, keys) values ({Literal(id)}, "
                + $"{target}, 'bob', {keys})");
            await Database.ExecuteAsync("insert into reaction_totals (conversation_id, target_sequence, key, n) values "
                + $"({Literal(id)}, {target}, 'x', 1)");
        }
    }

    private static Draft Of(ConversationId id, UserId sender, EntryContent content) =>
        new(MessageId.New(Drafts.Noon), id, sender, content);

    private static CheckedMessage Saying(string text, long? thread, UserId[] named) =>
        new(text, new SendOptions
        {
            Thread = thread, Mentions = named.Length == 0 ? null : new MessageMentions { Users = named },
        });

    private static Draft Say(ConversationId id, UserId sender, string text, params UserId[] named) =>
        Of(id, sender, EntryContent.Message(Saying(text, thread: null, named)));

    private static Draft Edit(ConversationId id, UserId sender, long target, string text, params UserId[] named) =>
        Of(id, sender, EntryContent.MessageEdited(target, Saying(text, thread: null, named)));

    private static Draft Delete(ConversationId id, UserId sender, long target, string? reason = null) =>
        Of(id, sender, EntryContent.MessageDeleted(target, reason));

    private static Draft Pin(ConversationId id, long target, bool isPinned = true) =>
        Of(id, Bob, EntryContent.Pinned(target, isPinned));

    private static Draft EraseThrough(ConversationId id, long through) =>
        Of(id, Chat.Server.Erasures.ErasureOrder.Sender, EntryContent.ContentErased(through, user: null));

    private static Draft EraseUser(ConversationId id, UserId user, string? key = null) =>
        Of(id, Chat.Server.Erasures.ErasureOrder.Sender, EntryContent.ContentErased(through: null, user, key));
}
