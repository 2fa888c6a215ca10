using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Core.MessageLog;
using Chat.Server.Memory;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Sqlite;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>Reactions that an entry tells later go beside the lane, and nothing of their sender's overtakes
/// them.</summary>
public sealed class QuietLaneTests : IAsyncLifetime
{
    private static readonly string[] Keys = ["👍", "❤", ":ok:"];

    private LaneHost _host = null!;
    private QuietStore _store = null!;
    private LaneSet _lanes = null!;
    private Task _running = Task.CompletedTask;

    private static CancellationToken None => CancellationToken.None;

    private ConversationId Conversation => _host.Conversation;

    public async Task InitializeAsync()
    {
        _host = await LaneHost.StartAsync(services =>
        {
            services.AddSingleton<IMessageStore>(provider =>
                new QuietStore(ActivatorUtilities.CreateInstance<SqliteMessageStore>(provider)));
            // What is held is not given up because this machine is busy.
            services.Configure<CoreOptions>(core => core.FullLaneMilliseconds = 60_000);
        });
        _store = (QuietStore)_host.Get<IMessageStore>();
        _lanes = new LaneSet(1, _host.Get<LaneContext>(), new QuietMessages(TimeProvider.System), (_, _) => { });
        _running = _lanes.RunAsync(None);
    }

    public async Task DisposeAsync()
    {
        _lanes.Complete();
        await _running.WaitAsync(Bounds.Wait);
        await _host.DisposeAsync();
    }

    // CH-24
    [Fact]
    public async Task A_send_does_not_wait_for_reactions_of_others_and_waits_for_those_of_its_sender()
    {
        var message = await MessageAsync();
        var mayReact = new TaskCompletionSource();
        _store.MayReact = mayReact.Task;
        var reaction = await AddAsync(Set("bob", message, "👍"));
        await _store.Quiet.NextAsync();
        var behind = await AddAsync(Send("bob", "behind"));

        await (await AddAsync(Send("ann", "free"))).WaitAsync(Bounds.Wait);
        Assert.False(reaction.IsCompleted || behind.IsCompleted);
        mayReact.SetResult();
        await Task.WhenAll(reaction, behind).WaitAsync(Bounds.Wait);

        Assert.Equal(["react to this", "free", "behind"],
            (await _host.ReadAsync()).OfType<MessageEntry>().Select(entry => entry.Body));
    }

    // CH-24
    [Fact]
    public async Task A_reaction_waits_for_what_its_sender_has_sent_also_where_that_was_held_and_is_stored_now()
    {
        var message = await MessageAsync();
        _store.IsLocked = true;
        var held = await AddAsync(Send("bob", "first"));
        await _store.Met.NextAsync();
        var mayCommit = new TaskCompletionSource();
        (_store.MayCommit, _store.IsLocked) = (mayCommit.Task, false);
        await _store.Waiting.NextAsync(); // it is held no longer, and not stored yet

        var reaction = await AddAsync(Set("bob", message, "👍"));
        // One that overtakes it has its time.
        for (var turns = 0; turns < 10_000 && _store.Quiet.IsEmpty; turns++) await Task.Yield();
        Assert.True(_store.Quiet.IsEmpty);
        mayCommit.SetResult();

        await Task.WhenAll(held, reaction).WaitAsync(Bounds.Wait);
    }

    // CH-24, CH-252
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Each_sender_s_calls_keep_their_order(int seed)
    {
        var random = new Random(seed);
        var messages = new List<long>();
        for (var i = 0; i < 3; i++) messages.Add(await MessageAsync());
        var deleted = new HashSet<long>();
        var last = new Dictionary<(string, long), string[]>();
        var (stored, gone, sent) = (new List<Task>(), new List<Task>(), new List<string>());
        for (var i = 0; i < 600; i++)
        {
            var (user, message) = ($"user{random.Next(4)}", messages[random.Next(3)]);
            switch (random.Next(100))
            {
                case 0 when deleted.Count < 2:
                    stored.Add(await AddAsync(Delete("user0", message)));
                    deleted.Add(message);
                    break;
                case < 20:
                    sent.Add($"{user} {i}");
                    stored.Add(await AddAsync(Send(user, sent[^1])));
                    break;
                default:
                    string[] keys = [.. Keys.Where(_ => random.Next(2) == 0)];
                    var set = await AddAsync(Set(user, message, keys));
                    if (!deleted.Contains(message)) last[(user, message)] = keys;
                    if (user == "user0") (deleted.Contains(message) ? gone : stored).Add(set);
                    else _ = set.ContinueWith(_ => { }, TaskScheduler.Default); // either
                    stored.Add(set.ContinueWith(_ => { }, TaskScheduler.Default));
                    break;
            }
            if (random.Next(20) == 0) await Task.WhenAll(stored).WaitAsync(Bounds.Wait);
        }
        await Task.WhenAll(stored).WaitAsync(Bounds.Wait);
        foreach (var refused in gone)
            Assert.Contains("message", (await Assert.ThrowsAsync<ChatException>(() => refused)).Message);

        var bodies = (await _host.Get<IMessageStore>().ReadAfterAsync(Conversation, 0, 10_000, None))
            .OfType<MessageEntry>().Select(entry => entry.Body ?? "").ToList();
        foreach (var user in sent.GroupBy(text => text.Split(' ')[0]))
            Assert.Equal(user, bodies.Where(text => text.StartsWith(user.Key + " ", StringComparison.Ordinal)));
        foreach (var message in messages)
        {
            var page = await _host.Get<ReactionStore>().ListAsync(Conversation, message, null, null, None);
            var expected = last.Where(one => one.Key.Item2 == message && one.Value.Length > 0
                && !deleted.Contains(message)).OrderBy(one => one.Key.Item1, StringComparer.Ordinal);
            Assert.Equal(expected.Select(one => $"{one.Key.Item1} {string.Join(' ', one.Value.Order(Order))}"),
                page!.Users.Select(one => $"{one.UserId} {string.Join(' ', one.Keys)}"));
        }
    }

    private static Comparer<string> Order => Comparer<string>.Create(Chat.Contracts.Rules.ReactionRules.Compare);

    /// <summary>A message with a reaction, which is told.</summary>
    private async Task<long> MessageAsync()
    {
        var sent = await await AddAsync(Send("ann", "react to this"));
        var told = await await AddAsync(Set("ann", sent.Entry.Sequence, "❤"));
        Assert.True(told.Entry.Sequence > 0);
        await await AddAsync(Set("ann", sent.Entry.Sequence));
        await _store.Quiet.NextAsync();
        return sent.Entry.Sequence;
    }

    private async Task<Task<Appended>> AddAsync(Draft draft)
    {
        var append = new PendingAppend(draft, _host.Get<MemoryBudget>().Lanes);
        await _lanes.Of(Conversation).EnqueueAsync(append, None);
        return append.Completion;
    }

    private Draft Send(string user, string body) =>
        Drafts.Of(Drafts.Message(Conversation, body))[0] with { SenderId = UserId.Parse(user) };

    private Draft Delete(string user, long message) =>
        Drafts.Of(Drafts.Deleted(Conversation, message))[0] with { SenderId = UserId.Parse(user) };

    private Draft Set(string user, long message, params string[] keys) =>
        new(MessageId.New(Drafts.Noon), Conversation, UserId.Parse(user), EntryContent.ReactionsChanged(message))
        {
            Reaction = new ReactionMove([.. keys.Order(Order)], TimeSpan.FromHours(1)),
        };
}
