using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Core.Conversations;
using Chat.Server.History;
using Chat.Server.History.Store;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Application;

/// <summary>The history of other systems, stored while the chat runs.</summary>
public abstract class HistorySpec : ApplicationSpec
{
    private static readonly UserId Eve = UserId.Parse("eve");

    // CH-305
    [SpecFact]
    public async Task It_is_stored_with_its_times_and_senders_while_others_send()
    {
        foreach (var seed in Seeds.Of(3))
        {
            var histories = Enumerable.Range(0, 3).Select(i => new RandomHistory(10 * seed + i, 1_100)).ToList();
            var running = (await Chat.As(Ann).CreateAsync(new() { ParticipantIds = [Ben] })).Id;
            using var enough = new CancellationTokenSource();
            var sending = SendAsync(running, enough.Token);
            var report = await Chat.ImportAsync(histories.SelectMany(one => one.Entries).ToAsyncEnumerable());
            await enough.CancelAsync();
            var sent = await sending;

            Assert.Equal((3, 0, histories.Sum(one => one.Entries.Count)),
                (report.Conversations, report.Known, report.Entries));
            foreach (var history in histories) await AssertStoredAsync(history, $"seed {seed}");
            Assert.Equal(sent + 1, await CountAsync(Chat.As(Ben), running));
            await AssertNumbersRiseAsync();
        }
    }

    // CH-305
    [SpecFact]
    public async Task Its_users_have_read_it_and_go_on_where_it_ends()
    {
        var history = new RandomHistory(7, 40);
        await Chat.ImportAsync(history.Entries.ToAsyncEnumerable());
        await using var client = await Server.ConnectRawAsync("ann", "seq,edits");
        await client.JoinAsync(history.Id);
        var listed = Assert.Single(await Chat.As(Ann).ListAsync(), one => one.Id == history.Id);
        Assert.Equal(0, listed.Unread?.Count ?? listed.UnreadCount);
        Assert.Equal("The end", listed.Title);
        var receipt = await Chat.As(Ann).SendAsync(history.Id, "and on");
        Assert.Equal(history.Entries.Count + 1, receipt.Sequence);
        Assert.True(receipt.CreatedAt > history.Entries[^1].CreatedAt);
        Assert.Equal("and on",
            (await client.UntilAsync("message")).GetProperty("message").GetProperty("body").GetString());
        Assert.Empty(await Database.QueryAsync("select 1 from job_cursors where name like 'history/%'"));
    }

    // CH-306
    [SpecFact]
    public async Task Broken_off_it_is_seen_by_nobody_and_goes_on_with_the_same_entries()
    {
        var history = new RandomHistory(11, 2_500);
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(
            () => Chat.ImportAsync(BreakOffAsync(history.Entries, at: 1_500)));
        Assert.NotEmpty(await Database.QueryAsync("select 1 from job_cursors where name like 'history/%'"));
        Assert.DoesNotContain(await Chat.As(Ann).ListAsync(), one => one.Id == history.Id);
        Assert.Equal(ChatErrorCode.Forbidden, (await Assert.ThrowsAsync<ChatRefusalException>(
            () => Chat.As(Ann).HistoryAsync(history.Id))).Code);

        var report = await Chat.ImportAsync(history.Entries.ToAsyncEnumerable());
        Assert.Equal((1, 0), (report.Conversations, report.Known));
        Assert.InRange(report.Entries, 1, 1_500);
        await AssertStoredAsync(history, "broken off");

        await Chat.As(Ann).RemoveAsync(history.Id, Ann);
        report = await Chat.ImportAsync(history.Entries.ToAsyncEnumerable());
        Assert.Equal((0, 1, 0L), (report.Conversations, report.Known, report.Entries));
        Assert.DoesNotContain(await Chat.As(Ann).ListAsync(), one => one.Id == history.Id);
    }

    // CH-306
    [SpecFact]
    public async Task Refused_in_the_middle_it_says_what_is_stored_and_goes_on_when_that_is_put_right()
    {
        var history = new RandomHistory(17, 2_500);
        var wrong = history.Entries.ToList();
        wrong[1_700] = wrong[1_700] with { CreatedAt = Times(-1) };
        const string Stored = "1000 entries of this conversation are stored, and nobody takes part in it yet";
        await RefusedAsync(Stored, wrong);
        var before = history.Entries.Take(1_700).ToList();
        var keyed = new MessageEntry
        {
            Id = MessageId.New(Times(0)), ConversationId = history.Id, Sequence = 1_701, SenderId = Ann,
            CreatedAt = before[^1].CreatedAt, Body = "hi", DedupeKey = "twice",
        };
        await RefusedAsync($"same dedupe key. {Stored}",
            [.. before, keyed, keyed with { Sequence = 1_702, Id = MessageId.New(Times(1)) }]);
        await RefusedAsync($"different reactions. {Stored}", [.. before, new ReactionsChangedEntry
        {
            Id = keyed.Id, ConversationId = history.Id, Sequence = 1_701, SenderId = Ann, CreatedAt = keyed.CreatedAt,
            TargetSequence = before.OfType<MessageEntry>().First().Sequence, Counts = [new("👍", 1)],
            Changes = [.. Enumerable.Range(0, 21).Select(i => new ReactionChange(UserId.Parse($"u{i}"), [$":k{i}:"]))],
        }]);
        var report = await Chat.ImportAsync(history.Entries.ToAsyncEnumerable());
        Assert.Equal((1, 0, 1_500), (report.Conversations, report.Known, report.Entries));
        await AssertStoredAsync(history, "put right");
    }

    // CH-306
    [SpecFact]
    public async Task Where_the_database_answers_nothing_it_is_known_all_the_same_what_was_stored()
    {
        var services = Server.Services;
        var answers = new LostAnswers(services.GetRequiredService<ISessionTurns>());
        var database = new ChatDatabase(
            services.GetRequiredService<IDbContextFactory<ChatDbContext>>(), answers, TimeProvider.System);
        var import = new HistoryImport(
            new HistoryStore(database, Database.Settings, services.GetRequiredService<StateRebuild>()),
            services.GetRequiredService<NewKinds>(), services.GetRequiredService<ListChanges>(), TimeProvider.System);
        var history = new RandomHistory(19, 1_500);
        var report = new ImportReport();
        await import.RunAsync(
            Tenant.Default, ConversationKind.Group, history.Entries.ToAsyncEnumerable(), report, default);
        Assert.Equal((1, 0, 1_500), (report.Conversations, report.Known, report.Entries));
        Assert.Equal(3, answers.Lost);
        await AssertStoredAsync(history, "without answers");
    }

    // CH-306
    [SpecFact]
    public async Task One_that_the_application_wrote_to_before_it_was_whole_is_refused()
    {
        var history = new RandomHistory(13, 2_500);
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(
            () => Chat.ImportAsync(BreakOffAsync(history.Entries, at: 1_500)));
        await Chat.AsSystem.SendAsync(history.Id, "too early");
        await RefusedAsync("the application has written to", history.Entries);
    }

    // CH-305
    [SpecFact]
    public async Task What_cannot_be_is_refused_with_words_and_changes_nothing()
    {
        var (id, one, two) = (ConversationId.New(Times(0)), MessageId.New(Times(0)), MessageId.New(Times(1)));
        var created = new ConversationCreatedEntry
        {
            Id = one, ConversationId = id, Sequence = 1, SenderId = Ann, CreatedAt = Times(0),
            ParticipantIds = [Ann, Ben],
        };
        var said = new MessageEntry
        {
            Id = two, ConversationId = id, Sequence = 2, SenderId = Ann, CreatedAt = Times(1), Body = "hi",
        };
        await RefusedAsync("entry 2 of", [said with { Sequence = 2 }]);
        await RefusedAsync("the first entry, and no other", [said with { Sequence = 1 }]);
        await RefusedAsync("the next one of its conversation is 2", [created, said with { Sequence = 3 }]);
        await RefusedAsync("older than the one before", [created, said with { CreatedAt = Times(-1) }]);
        await RefusedAsync("in the future", [created, said with { CreatedAt = Times(30 * 525_600) }]);
        await RefusedAsync("body must not be empty", [created, said with { Body = " " }]);
        await RefusedAsync("body must have at most", [created, said with { Body = new string('x', 70_000) }]);
        await RefusedAsync("replyTo must name", [created, said with { ReplyTo = 1 }]);
        await RefusedAsync("is no message before it", [created, new MessageDeletedEntry
        {
            Id = two, ConversationId = id, Sequence = 2, SenderId = Ann, CreatedAt = Times(1), TargetSequence = 1,
        }]);
        await RefusedAsync("does not take part", [created, new ParticipantRemovedEntry
        {
            Id = two, ConversationId = id, Sequence = 2, SenderId = Ann, CreatedAt = Times(1), ParticipantId = Eve,
        }]);
        var reacted = new ReactionsChangedEntry
        {
            Id = MessageId.New(Times(2)), ConversationId = id, Sequence = 3, SenderId = Ann, CreatedAt = Times(2),
            TargetSequence = 2, Counts = [new("👍", 1)], Changes = [new(Ann, ["👍"])],
        };
        await RefusedAsync("is no message before it", [created, said, reacted with { TargetSequence = 1 }]);
        await RefusedAsync("must be one emoji", [created, said, reacted with { Counts = [new("x", 1)] }]);
        await RefusedAsync("each key once", [created, said, reacted with { Counts = [new("👍", 0)] }]);
        await RefusedAsync("must be one emoji", [created, said, reacted with { Changes = [new(Ann, ["x"])] }]);
        await RefusedAsync("must name a user", [created, said, reacted with { Changes = [new(default, ["👍"])] }]);
        await RefusedAsync("at most 20 different reactions", [created, said, reacted with
        {
            Changes = [.. Enumerable.Range(0, 21).Select(i => new ReactionChange(UserId.Parse($"u{i}"), [$":k{i}:"]))],
        }]);
        await RefusedAsync("kind must be group or direct", [created], ConversationKind.Public);
        await RefusedAsync("exactly two participants",
            [created with { ParticipantIds = [Ann, Ben, Eve] }], ConversationKind.Direct);
        Assert.Empty(await Database.QueryAsync(
            $"select 1 from messages where conversation_id = {Database.Literal(id)}"));

        await Chat.ImportAsync(new ConversationEntry[] { created, said }.ToAsyncEnumerable());
        await RefusedAsync("there is a conversation", [created with { Id = MessageId.New(Times(5)) }]);
        await RefusedAsync("there is a conversation",
            [created, said, said with { Sequence = 3, Id = MessageId.New(Times(6)) }]);
        var keyed = said with { ConversationId = ConversationId.New(Times(9)), DedupeKey = "k" };
        await RefusedAsync("the database refuses one",
            [created with { ConversationId = keyed.ConversationId }, keyed, keyed with { Sequence = 3 }]);
    }

    // CH-305
    [SpecFact]
    public async Task Direct_conversations_too_and_one_for_two_users()
    {
        ConversationEntry[] Between(UserId left, UserId right, int at) =>
        [
            new ConversationCreatedEntry
            {
                Id = MessageId.New(Times(at)), ConversationId = ConversationId.New(Times(at)), Sequence = 1,
                SenderId = left, CreatedAt = Times(at), ParticipantIds = [left, right],
            },
        ];
        var options = new ImportOptions { Kind = ConversationKind.Direct, Tenant = "acme" };
        var entries = Between(Ann, Ben, 1);
        await Chat.ImportAsync(entries.ToAsyncEnumerable(), options);
        var direct = await Chat.As(Ben, "acme").CreateAsync(
            new() { ParticipantIds = [Ann], Kind = ConversationKind.Direct });
        Assert.Equal((entries[0].ConversationId, ConversationKind.Direct), (direct.Id, direct.Kind));
        var refusal = await Assert.ThrowsAsync<ChatRefusalException>(
            () => Chat.ImportAsync(Between(Ben, Ann, 2).ToAsyncEnumerable(), options));
        Assert.Contains($"have a direct conversation already: {direct.Id}", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await Chat.As(Ann).ListAsync(), one => one.Id == direct.Id);
    }

    private static DateTimeOffset Times(int minutes) =>
        new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes);

    private static async IAsyncEnumerable<ConversationEntry> BreakOffAsync(
        IReadOnlyList<ConversationEntry> entries, int at)
    {
        foreach (var entry in entries.Take(at)) yield return entry;
        await Task.Yield();
        throw new TimeZoneNotFoundException("the source is gone");
    }

    private static async Task<int> CountAsync(IChatActor actor, ConversationId conversation)
    {
        var count = 0;
        await foreach (var _ in actor.ReadAsync(conversation)) count++;
        return count;
    }

    private async Task<int> SendAsync(ConversationId room, CancellationToken enough)
    {
        var sent = 0;
        for (; !enough.IsCancellationRequested; sent++) await Chat.As(Ann).SendAsync(room, $"{sent}");
        return sent;
    }

    private async Task RefusedAsync(string words, IReadOnlyList<ConversationEntry> entries,
        ConversationKind kind = ConversationKind.Group)
    {
        var refusal = await Assert.ThrowsAsync<ChatRefusalException>(
            () => Chat.ImportAsync(entries.ToAsyncEnumerable(), new() { Kind = kind }));
        Assert.Equal(ChatErrorCode.BadRequest, refusal.Code);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    private async Task AssertStoredAsync(RandomHistory history, string why)
    {
        var stored = new List<ConversationEntry>();
        await foreach (var entry in Chat.AsSystem.ReadAsync(history.Id)) stored.Add(entry);
        Assert.True(history.Entries.Select(history.Sketch).SequenceEqual(stored.Select(history.Sketch)),
            why);
        Assert.All(stored.OfType<MessageEntry>(),
            one => Assert.Equal(history.Deleted.Contains(one.Sequence), one.Erased));
        Assert.All(stored.Zip(stored.Skip(1)), pair => Assert.True(pair.First.CreatedAt < pair.Second.CreatedAt, why));
        Assert.Equal(history.Roles.OrderBy(one => one.Key.Value, StringComparer.Ordinal)
                .Select(one => $"{one.Key} {one.Value}"),
            (await Chat.AsSystem.ParticipantsAsync(history.Id, new() { Limit = 500 })).Participants
                .Select(one => $"{one.UserId} {one.Role}"));
        var now = (await Chat.As(Ann).HistoryAsync(history.Id, new() { View = Contracts.Commands.HistoryView.Main }))
            .Current!.ToDictionary(one => one.Sequence);
        foreach (var (target, users) in history.Reactions)
        {
            var page = await Chat.AsSystem.ReactionsAsync(history.Id, target);
            Assert.Equal(users.OrderBy(one => one.Key).Select(one => $"{one.Key} {string.Join(',', one.Value)}"),
                page.Users.Select(one => $"{one.UserId} {string.Join(',', one.Keys)}"));
            Assert.Equal(users.Values.Sum(keys => keys.Length), page.Counts.Sum(one => one.Count));
        }
        foreach (var (sequence, body) in history.Edited)
            if (now.TryGetValue(sequence, out var current)) Assert.Equal(body, current.Body);
    }

    /// <summary>What observers rely on.</summary>
    private async Task AssertNumbersRiseAsync() => Assert.Empty(await Database.QueryAsync(
        "select 1 from messages a join messages b on a.conversation_id = b.conversation_id "
        + "and a.sequence + 1 = b.sequence where a.id >= b.id"));
}

public sealed class SqliteHistoryTests : HistorySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresHistoryTests : HistorySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
