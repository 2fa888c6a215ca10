using Chat.Contracts.Identifiers;
using Chat.Server.Core.Conversations;
using Chat.Server.FanOut;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Sqlite;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.Core.MessageLog;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Unit.Core;

/// <summary>All clients come back at once after a restart: what each needs of the database is asked together.</summary>
public sealed class HerdTests : IAsyncLifetime
{
    private const int Clients = 1_000;

    private readonly TaskCompletionSource _queriesMayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LaneHost _host = null!;
    private LockingStore _store = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        _host = await LaneHost.StartAsync(services =>
        {
            services.AddSingleton<TimeProvider>(new ManualTime());
            services.AddSingleton<IMessageStore>(provider =>
                new LockingStore(ActivatorUtilities.CreateInstance<SqliteMessageStore>(provider)));
        });
        _store = (LockingStore)_host.Get<IMessageStore>();
        _store.QueriesMayEnd = _queriesMayEnd.Task;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    // CH-24
    [Fact]
    public async Task Rights_are_read_in_few_queries_and_each_gets_its_own()
    {
        var access = _host.Get<AccessCache>();
        var before = _store.AccessQueries.Count;
        UserId[] users = [LaneHost.Ann, .. Enumerable.Range(1, Clients - 1).Select(i => UserId.Parse($"user{i}"))];
        var asked = Array.ConvertAll(users, user => access.FindAsync(_host.Conversation, user.Key(), None).AsTask());
        _queriesMayEnd.SetResult();

        var found = await Task.WhenAll(asked).WaitAsync(Bounds.Wait);

        found[0]!.MayRead.Should().BeTrue();
        found.Skip(1).Should().OnlyContain(right => right != null && !right.MayRead);
        (_store.AccessQueries.Count - before).Should().BeLessThanOrEqualTo(Clients / 100);
    }

    [Fact]
    public async Task The_ends_of_logs_are_read_in_few_queries()
    {
        var feeds = _host.Get<FeedRegistry>();
        var before = _store.HeadQueries.Count;
        var asked = Enumerable.Range(0, Clients).Select(_ => feeds.AttachAsync(
            ConversationId.New(Drafts.Noon), _ => throw new InvalidOperationException("there is none")).AsTask())
            .ToArray();
        _queriesMayEnd.SetResult();

        (await Task.WhenAll(asked).WaitAsync(Bounds.Wait)).Should().OnlyContain(feed => feed == null);
        (_store.HeadQueries.Count - before).Should().BeLessThanOrEqualTo(Clients / 100);
    }
}
