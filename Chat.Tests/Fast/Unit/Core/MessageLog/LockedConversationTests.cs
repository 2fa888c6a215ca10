using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Rights;
using Chat.Server.Persistence.Sqlite;
using Chat.Tests.Fixtures;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>A conversation that somebody else has locked keeps no other one waiting.</summary>
public sealed class LockedConversationTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private LaneHost _host = null!;
    private LockingStore _store = null!;
    private Task _running = Task.CompletedTask;

    private static CancellationToken None => CancellationToken.None;

    private Chat.Server.Core.MessageLog.MessageLog Log => _host.Get<Chat.Server.Core.MessageLog.MessageLog>();

    public async Task InitializeAsync()
    {
        _host = await LaneHost.StartAsync(services =>
        {
            services.AddSingleton<TimeProvider>(_time);
            services.AddSingleton<IMessageStore>(provider =>
                new LockingStore(ActivatorUtilities.CreateInstance<SqliteMessageStore>(provider)));
        });
        _store = (LockingStore)_host.Get<IMessageStore>();
    }

    public async Task DisposeAsync()
    {
        Log.Complete();
        await AdvanceUntilAsync(_running);
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task The_others_are_stored_meanwhile_and_afterwards_it_is_in_order_and_once()
    {
        var (held, free) = (_host.Conversation, await CreateAsync());
        _store.Lock(held);
        var first = await SendAsync(held, "1");
        var other = await SendAsync(free, "a");
        Run();
        await other.WaitAsync(Bounds.Wait);

        // Behind the first, and one of them twice.
        var second = await SendAsync(held, "2", "key");
        var repeat = await SendAsync(held, "2", "key");
        await (await SendAsync(free, "b")).WaitAsync(Bounds.Wait);
        first.IsCompleted.Should().BeFalse();
        _store.Unlock(held);
        await AdvanceUntilAsync(Task.WhenAll(first, second, repeat));

        (await repeat).Should().Match<Appended>(r => r.Duplicate);
        (await BodiesAsync(held)).Should().Equal("1", "2");
        (await BodiesAsync(free)).Should().Equal("a", "b");
    }

    [Fact]
    public async Task A_sender_that_waited_long_enough_is_told_that_nothing_was_stored_and_the_next_one_is_served()
    {
        _store.Lock(_host.Conversation);
        var sent = await SendAsync(_host.Conversation, "lost");
        Run();

        await AdvanceUntilAsync(sent.ContinueWith(_ => { }, None, default, TaskScheduler.Default));

        (await sent.Invoking(s => s).Should().ThrowAsync<ChatException>()).WithMessage("*nothing was stored*");
        _store.Unlock(_host.Conversation);
        await AdvanceUntilAsync(await SendAsync(_host.Conversation, "kept"));
        (await BodiesAsync(_host.Conversation)).Should().Equal("kept");
    }

    [Fact]
    public async Task Drafts_behind_one_that_cannot_be_stored_now_are_not_stored_either()
    {
        _store.Lock(_host.Conversation);
        var first = await SendAsync(_host.Conversation, "1");
        var second = await SendAsync(_host.Conversation, "2", after: first);
        Run();
        await AdvanceUntilAsync(Task.WhenAny(Task.WhenAll(first, second)));
        _store.Unlock(_host.Conversation);
        // The conversation is free again, and the first of them was given up nevertheless.
        var third = await SendAsync(_host.Conversation, "3", after: second);
        await third.Invoking(t => t.WaitAsync(Bounds.Wait)).Should().ThrowAsync<ChatException>()
            .WithMessage("a message before it*nothing was stored*");
        // One that was refused for good holds up nobody: it will not be tried again.
        var refused = Task.FromException(ChatException.Forbidden());
        await (await SendAsync(_host.Conversation, "4", after: refused)).WaitAsync(Bounds.Wait);
        await (await SendAsync(_host.Conversation, "5")).WaitAsync(Bounds.Wait);

        (await BodiesAsync(_host.Conversation)).Should().Equal("4", "5");
        await second.Invoking(t => t).Should().ThrowAsync<ChatException>();
    }

    [Fact]
    public async Task With_any_locks_each_conversation_keeps_its_order_and_loses_nothing()
    {
        var random = new Random(12);
        var conversations = new List<ConversationId>();
        for (var i = 0; i < 5; i++) conversations.Add(await CreateAsync());
        Run();
        var sent = new List<Task>();
        for (var i = 0; i < 400; i++)
        {
            var which = conversations[random.Next(conversations.Count)];
            if (random.Next(4) == 0) _store.Lock(conversations[random.Next(conversations.Count)]);
            if (random.Next(2) == 0) _store.Unlock(conversations[random.Next(conversations.Count)]);
            sent.Add(await SendAsync(which, $"{i}", random.Next(3) == 0 ? $"key {i}" : null));
            if (random.Next(5) == 0) _time.Advance(TimeSpan.FromMilliseconds(50));
        }
        conversations.ForEach(_store.Unlock);
        await AdvanceUntilAsync(Task.WhenAll(sent));

        var all = new List<int>();
        foreach (var conversation in conversations)
        {
            var numbers = (await BodiesAsync(conversation)).Select(body => int.Parse(body!)).ToList();
            numbers.Should().BeInAscendingOrder();
            all.AddRange(numbers);
        }
        all.Should().BeEquivalentTo(Enumerable.Range(0, 400));
    }

    [Fact]
    public async Task A_batch_is_bounded_by_the_length_of_its_texts_and_ends_with_a_removal()
    {
        var sent = new List<Task<Appended>>();
        for (var i = 0; i < 20; i++) sent.Add(await SendAsync(_host.Conversation, new string('x', 60_000)));
        var removal = Drafts.Removed(_host.Conversation, "bob");
        sent.Add(await Log.EnqueueAsync(Drafts.Of(removal)[0], None));
        sent.Add(await SendAsync(_host.Conversation, "behind it"));
        Run();
        await Task.WhenAll(sent).WaitAsync(Bounds.Wait);

        _store.Batches.Select(batch => batch.Count).Should().Equal(9, 9, 3, 1);
    }

    private void Run() => _running = Log.RunAsync(None);

    private async Task<ConversationId> CreateAsync() => (await _host.Get<Creation>().CreateAsync(
        LaneHost.Ann.AsCaller(), new CreateConversation { ParticipantIds = [LaneHost.Ann] }, None)).Id;

    private async Task<Task<Appended>> SendAsync(
        ConversationId conversation, string body, string? key = null, Task? after = null) =>
        await Log.EnqueueAsync(
            Drafts.Of(Drafts.Message(conversation, body, dedupeKey: key))[0], None, after: after);

    private async Task<List<string?>> BodiesAsync(ConversationId conversation) =>
        [.. (await _store.ReadAfterAsync(conversation, 0, 1_000, None)).OfType<MessageEntry>().Select(m => m.Body)];

    /// <summary>Lets the time of the lane go on until this has happened.</summary>
    private Task AdvanceUntilAsync(Task done) => Eventually.HoldsAsync(() =>
    {
        if (!done.IsCompleted) _time.Advance(TimeSpan.FromMilliseconds(50));
        return done.IsCompleted;
    });
}
