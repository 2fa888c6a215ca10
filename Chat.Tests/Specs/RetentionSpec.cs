using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Erasures;
using Chat.Server.Persistence;
using Chat.Server.Retention;
using Chat.Server.Tasks;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Specs;

/// <summary>Old content goes; the log stays whole.</summary>
public abstract class RetentionSpec : StoreSpec
{
    private static readonly TaskRun Run = new(Guid.NewGuid(), 1, 0, default);

    private readonly Memory _memory = new();

    [SpecFact]
    public async Task The_content_of_old_messages_is_erased_and_every_sequence_stays()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync(Drafts.Message(conversation, "old"), Drafts.Message(conversation, "old too"));
        var time = new ManualTime();
        await EraseAsync(time, days: 0);
        time.Advance(TimeSpan.FromDays(400)); // the drafts are stored at the manual clock's own beginning, or before
        Assert.All((await ReadAllAsync(conversation)).OfType<MessageEntry>(), message => Assert.NotNull(message.Body));
        await EraseAsync(time, days: 30);
        var log = await ReadAllAsync(conversation);
        Assert.Equal([1, 2, 3, 4], log.Select(entry => entry.Sequence));
        Assert.Equal(3, Assert.IsType<ContentErasedEntry>(log[3]).ThroughSequence);
        Assert.All(log.OfType<MessageEntry>(),
            message => Assert.Equal((null, null, null),
                (message.Body, message.AttachmentUrl, (object?)message.AttachmentMeta)));
        var heads = await Stores.Messages.ReadHeadsAsync([conversation], CancellationToken.None);
        Assert.Equal(new LogHead(4, Erased: 3, log[^1].CreatedAt), heads[conversation]);
        await EraseAsync(time, days: 30); // again: nothing is left to do
        time.Advance(TimeSpan.FromDays(400)); // nor when the entry that says so is old
        await EraseAsync(time, days: 30);
        Assert.Equal(4, (await ReadAllAsync(conversation)).Count);
    }

    [SpecFact]
    public async Task Any_number_of_entries_of_one_moment_and_without_content_are_passed_in_pages()
    {
        var conversations = new[] { await CreateConversationAsync(), await CreateConversationAsync() };
        for (var i = 0; i < 5; i++)
            await CommitAsync([.. Enumerable.Range(0, 500).Select(n => Drafts.Message(conversations[n % 2]))]);
        await Database.ExecuteAsync("update messages set created_at = (select min(created_at) from messages)");
        await Database.ExecuteAsync("update messages set message = '' where sequence between 100 and 1200");
        var time = new ManualTime();
        time.Advance(TimeSpan.FromDays(400));

        await EraseAsync(time, days: 30).WaitAsync(Bounds.Run);

        foreach (var conversation in conversations)
            Assert.All((await ReadAllAsync(conversation)).OfType<MessageEntry>(), m => Assert.Null(m.Body));
        var heads = await Stores.Messages.ReadHeadsAsync(conversations, CancellationToken.None);
        Assert.All(heads.Values, head => Assert.Equal((1_252, 1_251), (head.Last, head.Erased)));
    }

    [SpecFact]
    public async Task Young_entries_are_kept()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync(Drafts.Message(conversation, "kept"));
        await EraseAsync(new ManualTime(), days: 30);
        Assert.Equal("kept", Assert.Single((await ReadAllAsync(conversation)).OfType<MessageEntry>()).Body);
    }

    // CH-263
    [SpecFact]
    public async Task A_run_that_was_interrupted_is_continued_and_ends_with_one_entry()
    {
        var conversation = await CreateConversationAsync();
        for (var i = 0; i < 3; i++)
            await CommitAsync([.. Enumerable.Range(0, 900).Select(_ => Drafts.Message(conversation, "old"))]);
        var time = new ManualTime();
        time.Advance(TimeSpan.FromDays(400));

        await Assert.ThrowsAsync<IOException>(
            () => EraseAsync(time, days: 30, new StoredErasures(Stores) { Failure = new IOException("killed") }));
        Assert.Contains(await ReadAllAsync(conversation), entry => entry is MessageEntry { Body: "old" });
        await EraseAsync(time, days: 30);

        var log = await ReadAllAsync(conversation);
        Assert.All(log.OfType<MessageEntry>(), message => Assert.Null(message.Body));
        Assert.Equal(2_701, Assert.Single(log.OfType<ContentErasedEntry>()).ThroughSequence);
    }

    // CH-263
    [SpecFact]
    public async Task Two_instances_at_once_store_one_entry()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync([.. Enumerable.Range(0, 900).Select(_ => Drafts.Message(conversation, "old"))]);
        await CommitAsync([.. Enumerable.Range(0, 900).Select(_ => Drafts.Message(conversation, "old"))]);
        var time = new ManualTime();
        time.Advance(TimeSpan.FromDays(400));

        await Task.WhenAll(EraseAsync(time, days: 30),
            Task.Run(() => EraseAsync(time, days: 30, host: AnotherInstance())));

        var log = await ReadAllAsync(conversation);
        Assert.All(log.OfType<MessageEntry>(), message => Assert.Null(message.Body));
        Assert.Single(log.OfType<ContentErasedEntry>());
    }

    [SpecFact]
    public async Task While_a_server_of_an_older_version_runs_content_goes_without_an_entry()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync(Drafts.Message(conversation, "old"), Drafts.Message(conversation, "old too"));
        var time = new ManualTime();
        time.Advance(TimeSpan.FromDays(400));

        await EraseAsync(time, days: 30, new StoredErasures(Stores) { Refusal = ChatException.Internal("not yet") });

        var log = await ReadAllAsync(conversation);
        Assert.Equal(3, log.Count);
        Assert.All(log.OfType<MessageEntry>(), message => Assert.Null(message.Body));
        // No feed shows what memory still has of them, on any instance.
        Assert.Equal(3, Assert.Single(_memory.Forgotten).Value);
        var heads = await Stores.Messages.ReadHeadsAsync([conversation], CancellationToken.None);
        Assert.Equal(3, heads[conversation].Erased);
    }

    [SpecFact]
    public async Task A_cursor_moves_together_with_its_effect_and_for_one_only()
    {
        Assert.True(await Stores.Cursors.TryMoveAsync("job", null, 5, null, CancellationToken.None));
        Assert.False(await Stores.Cursors.TryMoveAsync("job", null, 6, null, CancellationToken.None));
        Assert.False(await Stores.Cursors.TryMoveAsync("job", 4, 6, null, CancellationToken.None));
        await Assert.ThrowsAsync<IOException>(
            () => Stores.Cursors.TryMoveAsync("job", 5, 7, _ => throw new IOException("no effect"),
                CancellationToken.None));
        Assert.Equal(5, await Stores.Cursors.FindAsync("job", CancellationToken.None));
        Assert.True(await Stores.Cursors.TryMoveAsync("job", 5, 7, null, CancellationToken.None));
    }

    private Task EraseAsync(TimeProvider time, int days, IErasureEntries? entries = null, StoreHost? host = null)
    {
        entries ??= new StoredErasures(host ?? Stores);
        var context = new RetentionContext(new RetentionOptions { MessageDays = days }, entries, time,
            NullLogger<MessageRetention>.Instance);
        host ??= Stores;
        return new MessageRetention(host.Retention, host.Erasures, new ContentEraser(host.Erasures, entries), _memory,
            context).HandleAsync([], Run, CancellationToken.None);
    }

    private sealed class Memory : IEntryCache
    {
        public Dictionary<ConversationId, long> Forgotten { get; } = [];

        public void Forget(IEnumerable<KeyValuePair<ConversationId, long>> upTo)
        {
            foreach (var (conversation, sequence) in upTo) Forgotten[conversation] = sequence;
        }
    }
}
