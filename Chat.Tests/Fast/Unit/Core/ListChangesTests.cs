using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Core.Conversations;
using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Unit.Core;

/// <summary>CH-90, CH-91: what is noted of lists that changed, on one instance and on two.</summary>
public sealed class ListChangesTests
{
    private static readonly ConversationId Here = ConversationId.New(Drafts.Noon);
    private static readonly UserId Ann = UserId.Parse("ann"), Bob = UserId.Parse("bob");

    private readonly InProcessBus _bus = new();

    [Fact]
    public async Task A_conversation_that_changes_often_is_noted_once_and_comes_to_the_other_instance_once()
    {
        var (mine, theirs) = (Join(), Join());
        for (var i = 1; i <= 1_000; i++) mine.Committed([Message(i)]);
        Assert.Equal([(new ListChange(Here, null), false)], await TakeAsync(mine));
        Assert.Equal([(new ListChange(Here, null), false)], await TakeAsync(theirs));
        Assert.Empty(mine.Take());
        Assert.Empty(theirs.Take()); // and it does not come back
    }

    [Fact]
    public async Task A_user_who_is_added_or_removed_is_named_on_every_instance()
    {
        var (mine, theirs) = (Join(), Join());
        mine.Committed([
            new ParticipantsAddedEntry
            {
                Id = MessageId.New(Drafts.Noon), ConversationId = Here, Sequence = 2, SenderId = Ann,
                CreatedAt = Drafts.Noon, ParticipantIds = [Bob],
            },
            new ParticipantRemovedEntry
            {
                Id = MessageId.New(Drafts.Noon), ConversationId = Here, Sequence = 3, SenderId = Ann,
                CreatedAt = Drafts.Noon, ParticipantId = Ann,
            },
        ]);
        Assert.True(mine.IsChanged(Here, Ann));
        (ListChange, bool)[] expected =
            [(new(Here, null), false), (new(Here, Bob), true), (new(Here, Ann), true)];
        Assert.Equal(expected, await TakeAsync(mine));
        Assert.False(mine.IsChanged(Here, Ann));
        var theirChanges = new List<(ListChange, bool)>(); // they may come one by one
        while (theirChanges.Count < expected.Length) theirChanges.AddRange(await TakeAsync(theirs));
        Assert.Equal(expected, theirChanges);
    }

    [Fact]
    public async Task Read_marks_and_mutes_are_per_user()
    {
        var changes = Join();
        changes.Note(Here, Ann, isOwn: false);
        Assert.False(changes.IsChanged(Here, Ann));
        changes.Note(Here, Ann);
        changes.Note(Here, Ann, isOwn: false);
        Assert.Equal([(new ListChange(Here, Ann), true)], await TakeAsync(changes));
    }

    [Fact]
    public async Task A_failed_lookup_is_noted_again_and_the_others_are_not_told_twice()
    {
        var (mine, theirs) = (Join(), Join());
        mine.Note(Here);
        var taken = mine.Take();
        await TakeAsync(theirs);
        mine.PutBack(taken);
        Assert.Equal([(new ListChange(Here, null), false)], await TakeAsync(mine));
        Assert.Empty(theirs.Take());
    }

    [Fact]
    public void It_is_bounded()
    {
        var changes = Join();
        for (var i = 0; i < ListChanges.Capacity + 100; i++) changes.Note(new ConversationId(Guid.NewGuid()));
        Assert.Equal(ListChanges.Capacity, changes.Take().Count);
    }

    [Fact]
    public void Of_another_version_it_understands_nothing()
    {
        IBackplaneTopic topic = Join();
        Assert.Throws<InvalidDataException>(() => topic.Receive(BackplaneChannel.Everyone, new byte[] { 9, 0, 0, 0 }));
        Assert.Throws<InvalidDataException>(
            () => topic.Receive(BackplaneChannel.Everyone, new byte[] { 1, 9, 0, 0, 0, 1 }));
    }

    private static MessageEntry Message(long sequence) => new()
    {
        Id = MessageId.New(Drafts.Noon), ConversationId = Here, Sequence = sequence, SenderId = Ann,
        CreatedAt = Drafts.Noon, Body = "hello",
    };

    private static async Task<IEnumerable<(ListChange, bool)>> TakeAsync(ListChanges changes)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await changes.WaitAsync(bound.Token);
        return changes.Take().Select(change => (change.Key, change.Value));
    }

    private ListChanges Join()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IBackplane>(new InProcessBackplane(_bus)).AddSingleton<BackplaneExchange>()
            .AddSingleton<KeptMessages>().AddSingleton(TimeProvider.System);
        services.AddSingleton(typeof(Microsoft.Extensions.Logging.ILogger<>), typeof(NullLogger<>));
        services.AddBackplaneTopic<ListChanges>();
        return services.BuildServiceProvider().GetRequiredService<ListChanges>();
    }
}
