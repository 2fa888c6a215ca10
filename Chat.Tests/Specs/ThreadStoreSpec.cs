using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Rows;
using Chat.Tests.Fixtures;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Chat.Tests.Specs;

/// <summary>The state of threads and mentions: what the log says, moved with each batch.</summary>
public abstract class ThreadStoreSpec : StoreSpec
{
    private static readonly string[] Members = ["ann", "bob", "cid", "dora"];

    // Some of them take no part.
    private static readonly string[] Named = [.. Members, "stranger", MentionRow.Everyone];

    private static readonly Gen<Planned> Message = Gen.Select(
        Gen.Int[0, Members.Length - 1], Gen.Int[-2, 6], Gen.Bool, Gen.Int[0, Named.Length - 1].Array[0, 3],
        Gen.Int[0, 9], Gen.Int[0, 9],
        (sender, place, isShown, users, everyone, other) => new Planned(Members[sender], place, isShown,
            [.. users.Select(i => Named[i]).Distinct()], everyone == 0, other == 0, other == 1));

    /// <summary>A draft of a generated batch.</summary>
    /// <param name="Sender">Who sends it.</param>
    /// <param name="Place">Below 0: outside of threads. Else in that of a message of the batches before.</param>
    /// <param name="IsShown">A reply is shown in the conversation too.</param>
    /// <param name="Users">Whom it names.</param>
    /// <param name="IsEveryone">It mentions everyone.</param>
    /// <param name="IsRepeat">It is the last one with a key, sent again.</param>
    /// <param name="IsDeletion">In its place, a message of the batches before is deleted.</param>
    private sealed record Planned(
        string Sender, int Place, bool IsShown, string[] Users, bool IsEveryone, bool IsRepeat, bool IsDeletion);

    // CH-243, CH-245, CH-246, CH-247
    [SpecFact]
    public Task After_every_generated_run_the_tables_agree_with_the_log() =>
        Message.Array[1, 8].Array[1, 10].SampleAsync(async batches =>
        {
            var conversation = await CreateConversationAsync(Members);
            var (log, deleted) = (new List<MessageEntry>(), new HashSet<long>());
            foreach (var batch in batches) await StoreAsync(conversation, log, deleted, batch);

            await using var db = await Stores.CreateContextAsync();
            var expected = Expect([.. log.OrderBy(message => message.Sequence)], deleted);
            Assert.Equal(expected.Threads, await ThreadsAsync(db, conversation));
            Assert.Equal(expected.Follows, await FollowsAsync(db, conversation));
            Assert.Equal(expected.Mentions, await MentionsAsync(db, conversation));
            await AssertListedAsync(conversation, log, deleted);
            await Database.ExecuteAsync("update threads set replies = 99, last_sequence = 1");
            await Stores.Rebuild.RunAsync(CancellationToken.None);
            Assert.Equal(expected.Threads, await ThreadsAsync(db, conversation));
            Assert.Equal(expected.Follows, await FollowsAsync(db, conversation));
            Assert.Equal(expected.Mentions, await MentionsAsync(db, conversation));
            await AssertRebuiltAsync(conversation, log, deleted);
        }, iter: 12, threads: 1);

    /// <summary>Whom a deleted message named is not in the log any more: so whom it made follow is not,
    /// either.</summary>
    private async Task AssertRebuiltAsync(ConversationId conversation, List<MessageEntry> log, HashSet<long> deleted)
    {
        var kept = log.OrderBy(message => message.Sequence).Select(message =>
            deleted.Contains(message.Sequence) ? message with { Mentions = null } : message);
        var expected = Expect([.. kept], deleted);
        await Database.ExecuteAsync($"delete from thread_follows where conversation_id = {Literal(conversation)}");
        await Database.ExecuteAsync($"delete from mentions where conversation_id = {Literal(conversation)} "
            + "and sequence % 2 = 0");
        await Database.ExecuteAsync("insert into mentions (conversation_id, tenant, user_id, sequence, created_at) "
            + $"select id, tenant, 'stranger', 1, created_at from conversations where id = {Literal(conversation)}");
        await Stores.Rebuild.RunAsync(CancellationToken.None);
        await using var db = await Stores.CreateContextAsync();
        Assert.Equal(expected.Follows, await FollowsAsync(db, conversation));
        Assert.Equal(expected.Mentions, await MentionsAsync(db, conversation));
    }

    // CH-243, CH-247
    [SpecFact]
    public async Task The_rebuild_makes_mentions_of_edits_and_of_those_who_took_part_then()
    {
        var (conversation, ann) = (await CreateConversationAsync("ann", "bob"), UserId.Parse("ann"));
        MessageMentions Naming(params string[] users) => new() { Users = [.. users.Select(UserId.Parse)] };
        await CommitAsync(Drafts.Message(conversation, "2") with { Mentions = Naming("bob", "cid") });
        await CommitAsync(Drafts.Added(conversation, "cid")); // 3
        await CommitAsync(Drafts.Message(conversation, "4") with { Mentions = Naming("bob") });
        await CommitAsync(Drafts.Edited(conversation, 4, "5") with { Mentions = Naming("cid") });
        await CommitAsync(Drafts.Removed(conversation, "bob")); // 6
        await CommitAsync(Drafts.Message(conversation, "7") with { Mentions = Naming("bob", "cid") });
        await using var db = await Stores.CreateContextAsync();
        string[] expected = ["bob 2", "cid 4", "cid 7"];
        async Task<IEnumerable<string>> MentionedAsync() =>
            (await MentionsAsync(db, conversation)).Select(line => string.Join(' ', line.Split(' ')[..2]));

        Assert.Equal(expected, await MentionedAsync());
        await Database.ExecuteAsync("delete from mentions");
        await Stores.Rebuild.RunAsync(CancellationToken.None);
        Assert.Equal(expected, await MentionedAsync());
        Assert.Empty(await InboxAsync(new UserKey(Tenant.Default, ann)));
    }

    // CH-244: how many take part is counted before the lock, and stands only while nobody was added since
    [SpecFact]
    public async Task A_mention_of_everyone_is_not_stored_where_somebody_was_added_since_they_were_counted()
    {
        var conversation = await CreateConversationAsync(Members);
        var mention = Drafts.Of(Drafts.Message(conversation, "all") with
        {
            Mentions = new() { Everyone = true },
        })[0] with { AsOf = 1, RightsAsOf = 1 };
        await CommitAsync(Drafts.Added(conversation, "eve"));

        try
        {
            var late = await Stores.Messages.CommitAsync([mention], Drafts.Noon, CancellationToken.None);
            Assert.Equal(CommitStatus.NotAllowed, Assert.Single(late).Status);
        }
        catch (StoreException e)
        {
            Assert.Equal(StoreFailure.NotAllowed, e.Failure);
        }
        var again = await Stores.Messages.CommitAsync(
            [mention with { RightsAsOf = 2 }], Drafts.Noon, CancellationToken.None);
        Assert.Equal(CommitStatus.Stored, Assert.Single(again).Status);
    }

    // CH-246
    [SpecFact]
    public async Task A_thread_that_a_user_ceased_to_follow_is_followed_again_by_own_replies_only()
    {
        var conversation = await CreateConversationAsync(Members);
        var bob = UserId.Parse("bob");
        await CommitAsync(Drafts.Message(conversation, "first", "bob")); // 2
        await CommitAsync(Drafts.Message(conversation, sender: "ann") with { Thread = 2 });
        Assert.Equal((true, 2L), await FollowOfAsync(conversation, bob));

        await Stores.Threads.FollowAsync(conversation, bob, 2, isFollowing: false, CancellationToken.None);
        await CommitAsync(Drafts.Message(conversation, sender: "ann") with
        {
            Thread = 2, Mentions = new() { Users = [bob] },
        });
        Assert.False((await FollowOfAsync(conversation, bob)).IsFollowing);
        await CommitAsync(Drafts.Message(conversation, sender: "bob") with { Thread = 2 });
        Assert.Equal((true, 5L), await FollowOfAsync(conversation, bob));

        await Stores.Threads.MarkReadAsync(conversation, bob, 2, 9, CancellationToken.None);
        await Stores.Threads.MarkReadAsync(conversation, bob, 2, 7, CancellationToken.None); // never back
        await Stores.Threads.FollowAsync(conversation, bob, 2, isFollowing: true, CancellationToken.None);
        Assert.Equal((true, 9L), await FollowOfAsync(conversation, bob));
        await Stores.Threads.FollowAsync(conversation, UserId.Parse("cid"), 2, true, CancellationToken.None);
        Assert.Equal((true, 5L), await FollowOfAsync(conversation, UserId.Parse("cid")));
    }

    // CH-246
    [SpecFact]
    public async Task Unread_replies_are_counted_up_to_a_bound()
    {
        var conversation = await CreateConversationAsync(Members);
        await CommitAsync(Drafts.Message(conversation, "first", "bob"));
        for (var batch = 0; batch < 3; batch++)
            await CommitAsync([.. Enumerable.Range(0, 500).Select(i => Drafts.Message(conversation,
                sender: batch < 2 ? "bob" : "ann") with { Thread = 2 })]);
        await Stores.Threads.FollowAsync(conversation, UserId.Parse("cid"), 2, true, CancellationToken.None);
        var listed = async (string user) => (await Stores.Threads.ListAsync(
            conversation, UserId.Parse(user), long.MaxValue, 20, CancellationToken.None))[0].Unread;

        Assert.Equal((1, true), ToPair(await listed("bob"))); // 999 of his own lie before hers
        Assert.Equal((0, false), ToPair(await listed("cid")));
        await CommitAsync([.. Enumerable.Range(0, 99).Select(_ =>
            Drafts.Message(conversation, sender: "ann") with { Thread = 2 })]);
        Assert.Equal((99, false), ToPair(await listed("cid")));
        await CommitAsync(Drafts.Message(conversation, sender: "ann") with { Thread = 2 });
        Assert.Equal((99, true), ToPair(await listed("cid")));

        static (int, bool) ToPair(Unread? unread) => (unread!.Count, unread.More);
    }

    // CH-248
    [SpecFact]
    public async Task At_most_250_messages_of_a_conversation_are_pinned()
    {
        var conversation = await CreateConversationAsync(Members);
        await CommitAsync([.. Enumerable.Range(0, 252).Select(i => Drafts.Message(conversation, $"{i}"))]); // 2 to 253
        var pins = await CommitAsync([.. Enumerable.Range(2, 249).Select(i => Drafts.Pinned(conversation, i))]);
        Assert.All(pins, outcome => Assert.Equal(CommitStatus.Stored, outcome.Status));

        var outcomes = await CommitAsync(Drafts.Pinned(conversation, 251), Drafts.Pinned(conversation, 252));
        Assert.Equal([CommitStatus.Stored, CommitStatus.TooMany], outcomes.Select(outcome => outcome.Status));
        Assert.Equal(CommitStatus.TooMany, Assert.Single(await CommitAsync(Drafts.Pinned(conversation, 253))).Status);
        var again = Assert.Single(await CommitAsync(Drafts.Pinned(conversation, 2)));
        Assert.Equal((CommitStatus.Duplicate, pins[0].Id, pins[0].Sequence), (again.Status, again.Id, again.Sequence));
        Assert.Equal(CommitStatus.Stored, Assert.Single(await CommitAsync(Drafts.Unpinned(conversation, 2))).Status);
        Assert.Equal(CommitStatus.Stored, Assert.Single(await CommitAsync(Drafts.Pinned(conversation, 253))).Status);

        await Database.ExecuteAsync("update message_states set pin_sequence = null");
        await Stores.Rebuild.RunAsync(CancellationToken.None);
        await using var db = await Stores.CreateContextAsync();
        Assert.Equal(250, await db.Set<MessageStateRow>().CountAsync(state =>
            state.ConversationId == conversation && state.PinSequence != null));
    }

    private async Task StoreAsync(
        ConversationId conversation, List<MessageEntry> log, HashSet<long> deleted, Planned[] batch)
    {
        var drafts = new List<ConversationEntry>();
        var roots = log.Where(message => message.Thread is null).Select(message => message.Sequence).Order().ToList();
        foreach (var one in batch)
        {
            if (one.IsDeletion && log.Find(message => !deleted.Contains(message.Sequence)) is { } gone)
            {
                deleted.Add(gone.Sequence);
                drafts.Add(Drafts.Deleted(conversation, gone.Sequence, gone.SenderId.Value));
                continue;
            }
            if (one.IsRepeat && log.FindLast(message => message.DedupeKey is not null) is { } known
                && !drafts.Contains(known))
            {
                drafts.Add(known);
                continue;
            }
            var thread = one.Place >= 0 && one.Place < roots.Count ? roots[one.Place] : (long?)null;
            var users = one.Users.Select(UserId.Parse).ToList();
            var mentions = new MessageMentions { Users = users, Everyone = one.IsEveryone };
            drafts.Add(Drafts.Message(conversation, sender: one.Sender, dedupeKey: one.IsRepeat
                ? $"{log.Count}.{drafts.Count}"
                : null) with
            {
                Thread = thread, AlsoInConversation = thread is not null && one.IsShown,
                Mentions = mentions is { Users.Count: 0, Everyone: false } ? null : mentions,
            });
        }
        var outcomes = await CommitAsync([.. drafts]);
        foreach (var (draft, outcome) in drafts.Zip(outcomes))
            if (draft is MessageEntry message && outcome.Status == CommitStatus.Stored)
                log.Add(message with { Sequence = outcome.Sequence, CreatedAt = outcome.CreatedAt });
    }

    /// <summary>Message by message, from the log alone.</summary>
    private static (List<string> Threads, List<string> Follows, List<string> Mentions) Expect(
        MessageEntry[] log, HashSet<long> deleted)
    {
        var follows = new Dictionary<(long, string), long>();
        var mentions = new List<string>();
        foreach (var message in log)
        {
            if (message.Thread is { } thread)
            {
                follows.TryAdd((thread, message.SenderId.Value), message.Sequence);
                follows.TryAdd((thread, log.Single(first => first.Sequence == thread).SenderId.Value), thread);
            }
            foreach (var user in message.Mentions?.Users.Select(user => user.Value).Intersect(Members) ?? [])
            {
                if (!deleted.Contains(message.Sequence))
                    mentions.Add($"{user} {message.Sequence} {message.Thread} {message.CreatedAt:O}");
                if (message.Thread is { } inThread) follows.TryAdd((inThread, user), message.Sequence - 1);
            }
            if (message.Mentions is { Everyone: true } && !deleted.Contains(message.Sequence))
                mentions.Add($"{MentionRow.Everyone} {message.Sequence} {message.Thread} {message.CreatedAt:O}");
        }
        var threads = log.Where(message => message.Thread is not null).GroupBy(message => message.Thread)
            .Select(thread => $"{thread.Key} {thread.Count(message => !deleted.Contains(message.Sequence))} "
                + $"{thread.Max(message => message.Sequence)}");
        return (Sorted(threads), Sorted(follows.Select(f => $"{f.Key.Item1} {f.Key.Item2} {f.Value}")),
            Sorted(mentions));
    }

    private async Task AssertListedAsync(
        ConversationId conversation, List<MessageEntry> log, HashSet<long> deleted)
    {
        foreach (var user in Members.Select(UserId.Parse))
        {
            var listed = await Stores.Threads.ListAsync(conversation, user, long.MaxValue, 50, CancellationToken.None);
            Assert.Equal(listed.OrderByDescending(thread => thread.LastSequence), listed);
            foreach (var thread in listed)
            {
                var replies = log.Where(message => message.Thread == thread.Thread).ToList();
                var left = replies.FindAll(message => !deleted.Contains(message.Sequence));
                Assert.Equal(left.Count, thread.Replies);
                Assert.Equal(replies.Max(message => message.Sequence), thread.LastEntry!.Sequence);
                Assert.Equal(replies.OrderByDescending(message => message.Sequence).Take(20)
                    .Select(message => message.SenderId).Distinct().Take(5), thread.People);
                if (left.Count == replies.Count) // else it depends on what is left of the deleted ones
                    Assert.Equal(thread.IsFollowing ? replies.Count(message => !message.AlsoInConversation
                        && message.SenderId != user && message.Sequence > thread.LastReadSequence) : (int?)null,
                        thread.Unread?.Count);
            }
            var inbox = await InboxAsync(new UserKey(Tenant.Default, user));
            Assert.Equal(log.Where(message => message.Mentions?.Users.Contains(user) == true
                    && !deleted.Contains(message.Sequence))
                .Select(message => message.Sequence).OrderDescending(),
                inbox.Where(mention => mention.ConversationId == conversation).Select(mention => mention.Sequence));
            Assert.Equal(inbox.OrderByDescending(mention => mention.CreatedAt), inbox);
            Assert.All(inbox, mention => Assert.Equal(mention.Sequence, mention.Entry!.Sequence));
        }
    }

    /// <summary>All pages of it.</summary>
    private async Task<List<Mention>> InboxAsync(UserKey user)
    {
        var inbox = new List<Mention>();
        while (true)
        {
            ListCursor? after = inbox.Count > 0 && ListCursor.TryParse(inbox[^1].Cursor, out var last) ? last : null;
            var page = await Stores.Threads.MentionsAsync(user, after, 7, CancellationToken.None);
            inbox.AddRange(page);
            if (page.Count < 7) return inbox;
        }
    }

    private async Task<(bool IsFollowing, long Position)> FollowOfAsync(ConversationId conversation, UserId user)
    {
        await using var db = await Stores.CreateContextAsync();
        var row = await db.Set<ThreadFollowRow>().SingleAsync(f =>
            f.ConversationId == conversation && f.UserId == user);
        return (row.IsFollowing, row.LastReadSequence);
    }

    private static async Task<List<string>> ThreadsAsync(ChatDbContext db, ConversationId conversation) =>
        Sorted((await db.Set<ThreadRow>().AsNoTracking().Where(t => t.ConversationId == conversation).ToListAsync())
            .Select(t => $"{t.Thread} {t.Replies} {t.LastSequence}"));

    private static async Task<List<string>> FollowsAsync(ChatDbContext db, ConversationId conversation) =>
        Sorted((await db.Set<ThreadFollowRow>().AsNoTracking()
            .Where(f => f.ConversationId == conversation && f.IsFollowing).ToListAsync())
            .Select(f => $"{f.Thread} {f.UserId} {f.LastReadSequence}"));

    private static async Task<List<string>> MentionsAsync(ChatDbContext db, ConversationId conversation) =>
        Sorted((await db.Set<MentionRow>().AsNoTracking().Where(m => m.ConversationId == conversation).ToListAsync())
            .Select(m => $"{m.UserId} {m.Sequence} {m.Thread} {m.CreatedAt:O}"));

    private static List<string> Sorted(IEnumerable<string> texts) => [.. texts.Order(StringComparer.Ordinal)];
}
