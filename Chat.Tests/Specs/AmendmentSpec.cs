using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>Edits and deletions of messages, as the statement that stores them decides: on either database.</summary>
public abstract partial class AmendmentSpec : StoreSpec
{
    private static readonly UserId Ann = UserId.Parse("ann");

    private static CancellationToken None => CancellationToken.None;

    // CH-221
    [SpecFact]
    public async Task The_newest_edit_is_the_version_and_earlier_ones_stay()
    {
        var id = await WithMessagesAsync("one", "two"); // 2, 3

        var first = await AmendAsync(Edit(id, 2, "first"));
        var second = await AmendAsync(Edit(id, 2, "second"));

        Assert.Equal((CommitStatus.Stored, 4), (first.Status, first.Sequence));
        Assert.Equal((CommitStatus.Stored, 5), (second.Status, second.Sequence));
        Assert.Equal(["one", "second"], Bodies(await Stores.Messages.ReadMessageAsync(id, 2, None)));
        Assert.Equal(["two"], Bodies(await Stores.Messages.ReadMessageAsync(id, 3, None)));
        Assert.Equal(["one", "first", "second"], Bodies(await VersionsAsync(id, 2)));
        Assert.Equal(["second"], Bodies(await Stores.Messages.ReadVersionsAsync(id, 2, 4, long.MaxValue, 9, None)));
        Assert.Equal(["one"], Bodies(await Stores.Messages.ReadVersionsAsync(id, 2, 0, long.MaxValue, 1, None)));
        foreach (var fromOldest in new[] { true, false })
            Assert.Equal(["two", "second"], (await Stores.Messages.ReadMessagesAsync(
                id, new MessageQuery(0, long.MaxValue, fromOldest, 0), 9, None)).Messages.Select(m => m.Body));
    }

    // CH-222
    [SpecFact]
    public async Task An_edit_of_another_version_is_a_conflict_that_tells_the_present_one()
    {
        var id = await WithMessagesAsync("one");
        Assert.Equal(CommitStatus.Stored, (await AmendAsync(Edit(id, 2, "a") with { IfVersion = 2 })).Status); // 3

        var late = await AmendAsync(Edit(id, 2, "b") with { IfVersion = 2 });

        Assert.Equal((CommitStatus.Conflict, 3), (late.Status, late.Sequence));
        Assert.Equal(CommitStatus.Stored, (await AmendAsync(Edit(id, 2, "b") with { IfVersion = 3 })).Status);
        Assert.Equal(["one", "a", "b"], Bodies(await VersionsAsync(id, 2)));
    }

    // CH-223, CH-226
    [SpecFact]
    public async Task A_deletion_erases_the_message_and_its_edits_and_is_final()
    {
        var id = await WithMessagesAsync("secret", "other");
        await AmendAsync(Edit(id, 2, "secret too"));

        var deleted = await AmendAsync(Delete(id, 2, "it was secret"));

        Assert.Equal((CommitStatus.Stored, 5), (deleted.Status, deleted.Sequence));
        var log = await ReadAllAsync(id);
        Assert.All([log[1], log[3]], entry => Assert.True(entry.Erased));
        Assert.Equal("it was secret", Assert.IsType<MessageDeletedEntry>(log[4]).Reason);
        Assert.Equal("other", Assert.IsType<MessageEntry>(log[2]).Body);
        Assert.Empty(await Database.QueryAsync("select 1 from messages where message like 'secret%'"));
        Assert.Equal(CommitStatus.Gone, (await AmendAsync(Edit(id, 2, "back"))).Status);
        Assert.Equal((CommitStatus.Duplicate, 5, deleted.Id, deleted.CreatedAt), Of(await AmendAsync(Delete(id, 2))));
        Assert.Equal(["other"], (await Stores.Messages.ReadMessagesAsync(
            id, new MessageQuery(0, long.MaxValue, FromOldest: true, 0), 9, None)).Messages.Select(m => m.Body));
        Assert.IsType<MessageDeletedEntry>((await Stores.Messages.ReadMessageAsync(id, 2, None))[^1]);
        Assert.Single(await Stores.Messages.ReadMessageAsync(id, 3, None));
    }

    // CH-224
    [SpecFact]
    public async Task An_edit_that_changes_nothing_or_is_repeated_is_answered_with_the_stored_entry()
    {
        var id = await WithMessagesAsync("one");
        var unchanged = await AmendAsync(Edit(id, 2, "one"));
        Assert.Equal((CommitStatus.Duplicate, 2), (unchanged.Status, unchanged.Sequence));
        var first = await AmendAsync(Edit(id, 2, "two", "key"));

        Assert.Equal((CommitStatus.Duplicate, 3, first.Id, first.CreatedAt),
            Of(await AmendAsync(Edit(id, 2, "three", "key"))));
        Assert.Equal((CommitStatus.Duplicate, 3, first.Id, first.CreatedAt),
            Of(await AmendAsync(Edit(id, 2, "two") with { IfVersion = 2 })));
        Assert.Equal(3, (await ReadAllAsync(id)).Count);
    }

    // CH-225
    [SpecFact]
    public async Task A_key_stands_for_one_entry_of_one_kind_about_one_message()
    {
        var id = await WithMessagesAsync("one", "two");
        await AmendAsync(Edit(id, 2, "edited", "key"));
        await CommitAsync(Drafts.Message(id, "sent", dedupeKey: "sent"));

        foreach (var other in new[] { Edit(id, 3, "x", "key"), Delete(id, 2, null, "key"), Edit(id, 2, "x", "sent"),
            Send(id, "x", "key"), Send(id, "x", "key") with { SlowSeconds = 1 } })
            Assert.Equal(CommitStatus.KeyTaken, (await AmendAsync(other)).Status);
        Assert.Equal(CommitStatus.Duplicate, (await AmendAsync(Send(id, "x", "sent"))).Status);
        Assert.Equal(5, (await ReadAllAsync(id)).Count);
    }

    [SpecFact]
    public async Task Only_messages_can_be_changed()
    {
        var id = await WithMessagesAsync("one");
        await AmendAsync(Edit(id, 2, "edit")); // 3

        foreach (var target in new long[] { 1, 3, 9 })
        {
            Assert.Equal(CommitStatus.Gone, (await AmendAsync(Edit(id, target, "x"))).Status);
            Assert.Equal(CommitStatus.Gone, (await AmendAsync(Delete(id, target))).Status);
        }
    }

    // CH-220
    [SpecFact]
    public async Task Content_that_retention_has_erased_does_not_come_back_by_an_edit()
    {
        var id = await WithMessagesAsync("old", "new");
        await Stores.Erasures.MarkAsync(id, 2, None);

        Assert.Equal(CommitStatus.Gone, (await AmendAsync(Edit(id, 2, "back"))).Status);
        Assert.Equal(CommitStatus.Stored, (await AmendAsync(Edit(id, 3, "newer"))).Status);
    }

    [SpecFact]
    public async Task One_batch_holds_messages_and_changes_of_many_messages_each_in_its_place()
    {
        var (id, other) = (await WithMessagesAsync("one", "two", "three"), await WithMessagesAsync("there"));

        var outcomes = await Stores.Messages.CommitAsync(
        [
            Send(id, "four"), Edit(id, 2, "one!"), Delete(other, 2), Delete(id, 3), Edit(id, 9, "?"),
            Send(other, "slowly") with { SlowSeconds = 60 }, Send(id, "five", "k"), Edit(id, 4, "late") with
            {
                IfVersion = 1,
            },
            Send(other, "too soon") with { SlowSeconds = 60 },
        ], Drafts.Noon, None);

        Assert.Equal(
            [
                (CommitStatus.Stored, 5), (CommitStatus.Stored, 6), (CommitStatus.Stored, 3), (CommitStatus.Stored, 7),
                (CommitStatus.Gone, 0), (CommitStatus.Stored, 4), (CommitStatus.Stored, 8), (CommitStatus.Conflict, 4),
                (CommitStatus.TooSoon, 0),
            ],
            outcomes.Select(outcome => (outcome.Status, outcome.Sequence)));
        Assert.Equal(["one", null, "three", "four", "one!", "five"],
            (await ReadAllAsync(id)).Where(e => e is MessageEntry or MessageEditedEntry).Select(BodyOf));
    }

    [SpecFact]
    public async Task An_edit_is_not_held_back_by_slow_mode_but_by_a_mute()
    {
        var id = await WithMessagesAsync("one");
        await Stores.Messages.CommitAsync([new Draft(MessageId.New(Drafts.Noon), id, Ann,
            EntryContent.ConversationChanged(new() { SlowModeSeconds = 60 }))], Drafts.Noon, None); // 3
        Assert.Equal(CommitStatus.Stored, (await AmendAsync(Edit(id, 2, "two") with { AsOf = 1 })).Status);
        await Stores.Messages.CommitAsync([new Draft(MessageId.New(Drafts.Noon), id, UserId.Parse("bob"),
            EntryContent.RoleChanged(Ann, ParticipantRole.Readonly)) { Terms = new RoleTerms(null, "") }],
            Drafts.Noon, None); // 5

        await NotStoredAsync(Edit(id, 2, "three") with { AsOf = 4 });
        await NotStoredAsync(Delete(id, 2) with { RightsAsOf = 4 });
        Assert.Equal(CommitStatus.Stored, (await AmendAsync(Delete(id, 2) with { RightsAsOf = 5 })).Status);
    }

    // CH-228
    [SpecFact]
    public async Task The_first_change_of_a_message_raises_what_the_deployment_requires()
    {
        var id = await WithMessagesAsync("one");
        Assert.Equal("0", Assert.Single(await Database.QueryAsync("select requires from deployment")));

        await AmendAsync(Edit(id, 2, "two") with { NeedsLevel = Deployment.LevelOfMessages });

        Assert.Equal("3", Assert.Single(await Database.QueryAsync("select requires from deployment")));
    }

    [SpecFact]
    public async Task A_change_whose_outcome_is_unknown_is_found_by_its_id()
    {
        var id = await WithMessagesAsync("one");
        Draft[] drafts = [Edit(id, 2, "two"), Edit(id, 9, "none")];
        var outcomes = await Stores.Messages.CommitAsync(drafts, Drafts.Noon, None);

        var found = await Stores.Messages.ResolveAsync(drafts, None);

        Assert.Equal(outcomes[0], found[0]);
        Assert.Null(found[1]);
    }

    private async Task<ConversationId> WithMessagesAsync(params string[] bodies)
    {
        var id = await CreateConversationAsync();
        await CommitAsync([.. bodies.Select(body => Drafts.Message(id, body))]);
        return id;
    }

    private async Task<CommitOutcome> AmendAsync(Draft draft) =>
        Assert.Single(await Stores.Messages.CommitAsync([draft], Drafts.Noon, None));

    /// <summary>SQLite answers, PostgreSQL fails.</summary>
    private async Task NotStoredAsync(Draft draft)
    {
        try
        {
            Assert.Equal(CommitStatus.NotAllowed, (await AmendAsync(draft)).Status);
        }
        catch (StoreException e)
        {
            Assert.Equal(StoreFailure.NotAllowed, e.Failure);
        }
    }

    private Task<List<ConversationEntry>> VersionsAsync(ConversationId id, long message) =>
        Stores.Messages.ReadVersionsAsync(id, message, 0, long.MaxValue, 100, None);

    private static (CommitStatus, long, MessageId, DateTimeOffset) Of(CommitOutcome outcome) =>
        (outcome.Status, outcome.Sequence, outcome.Id, outcome.CreatedAt);

    private static IEnumerable<string?> Bodies(IEnumerable<ConversationEntry> entries) => entries.Select(BodyOf);

    private static Draft Send(ConversationId id, string body, string? key = null) =>
        Assert.Single(Drafts.Of(Drafts.Message(id, body, dedupeKey: key)));

    private static Draft Edit(ConversationId id, long target, string body, string? key = null) =>
        new(MessageId.New(Drafts.Noon), id, Ann, EntryContent.MessageEdited(
            target, new CheckedMessage(body, new SendOptions { DedupeKey = key })));

    private static Draft Delete(ConversationId id, long target, string? reason = null, string? key = null) =>
        new(MessageId.New(Drafts.Noon), id, Ann, EntryContent.MessageDeleted(target, reason, key));
}
