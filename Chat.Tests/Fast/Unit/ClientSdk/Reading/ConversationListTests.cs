using Chat.ClientSdk;
using Chat.ClientSdk.Testing;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Reading;

/// <summary>CH-90, CH-94: the list of conversations in the SDK.</summary>
public sealed class ConversationListTests
{
    private static readonly UserId Ann = UserId.Parse("ann"), Ben = UserId.Parse("ben");

    private readonly InMemoryChatServer _server = new();

    [Fact]
    public async Task A_handler_gets_the_list_and_then_every_change()
    {
        var old = _server.CreateGroup(Ben, Ann);
        await using var chat = await ConnectAsync();
        var told = new Inbox<ConversationListChange>();
        using var listening = chat.OnConversationChange(told.Add);
        Assert.Equal([old, ConversationId.Lobby],
            (await told.TakeAsync(2)).Select(change => change.ConversationId)
                .OrderBy(id => id == ConversationId.Lobby));

        var group = _server.CreateGroup(Ben, Ann);
        _server.Post(group, Ben, "hello");
        Assert.Equal((group, 1L), Of(await told.NextAsync()));
        Assert.Equal((group, 2L), Of(await told.NextAsync()));
        await chat.RemoveParticipantAsync(group, Ann);
        var (last, lost) = (await told.NextAsync(), (ConversationListChange?)null);
        if (last.Summary is not null) lost = await told.NextAsync();
        Assert.Equal(new ConversationListChange(group, null), lost ?? last);
    }

    [Fact]
    public async Task After_a_reconnect_what_differs_is_told()
    {
        var (kept, lost) = (_server.CreateGroup(Ben, Ann), _server.CreateGroup(Ben, Ann));
        await using var chat = await ConnectAsync();
        var told = new Inbox<ConversationListChange>();
        using var listening = chat.OnConversationChange(told.Add);
        await told.TakeAsync(3);

        _server.RefuseConnections = true;
        _server.Disconnect(Ann);
        _server.Post(kept, Ben, "while away");
        await using var ben = _server.CreateClient(Ben);
        _server.RefuseConnections = false;
        await ben.StartAsync();
        await ben.RemoveParticipantAsync(lost, Ann);

        var changes = await told.TakeAsync(2);
        Assert.Contains(new ConversationListChange(lost, null), changes);
        Assert.Contains(changes, change => change.ConversationId == kept && change.Summary!.LastSequence == 2);
    }

    [Fact]
    public async Task A_handler_that_comes_later_gets_what_is_known_and_one_that_throws_harms_nobody()
    {
        await using var chat = await ConnectAsync();
        var (first, second) = (new Inbox<ConversationListChange>(), new Inbox<ConversationListChange>());
        using var bad = chat.OnConversationChange(_ => throw new InvalidOperationException("mine"));
        using var one = chat.OnConversationChange(first.Add);
        await first.NextAsync();
        var two = chat.OnConversationChange(second.Add);
        Assert.Equal(ConversationId.Lobby, (await second.NextAsync()).ConversationId);

        two.Dispose();
        var group = _server.CreateGroup(Ben, Ann);
        Assert.Equal(group, (await first.NextAsync()).ConversationId);
        Assert.True(second.IsEmpty);
    }

    [Fact]
    public async Task Nothing_is_asked_for_before_somebody_wants_to_know_and_it_ends_with_the_client()
    {
        var chat = await ConnectAsync();
        var told = new Inbox<ConversationListChange>();
        using var listening = chat.OnConversationChange(told.Add);
        await told.NextAsync();
        await chat.DisposeAsync();
        _server.CreateGroup(Ben, Ann);
        Assert.True(told.IsEmpty);
    }

    // CH-110
    [Fact]
    public async Task A_list_of_several_pages_is_told_whole_and_anew_after_a_reconnect()
    {
        var groups = Enumerable.Range(0, 120).Select(_ => _server.CreateGroup(Ben, Ann)).ToList();
        await using var chat = await ConnectAsync();
        var told = new Inbox<ConversationListChange>();
        using var listening = chat.OnConversationChange(told.Add);
        Assert.Equal(groups.Append(ConversationId.Lobby).ToHashSet(),
            (await told.TakeAsync(121)).Select(change => change.ConversationId).ToHashSet());

        _server.RefuseConnections = true;
        _server.Disconnect(Ann);
        _server.Post(groups[3], Ben, "while away");
        _server.RefuseConnections = false;
        Assert.Equal((groups[3], 2L), Of(await told.NextAsync()));
        Assert.True(told.IsEmpty);
    }

    private async Task<ChatClient> ConnectAsync()
    {
        var chat = _server.CreateClient(Ann);
        await chat.StartAsync();
        await chat.WaitUntilConnectedAsync().WaitAsync(Bounds.Wait);
        return chat;
    }

    private static (ConversationId Id, long? Last) Of(ConversationListChange change) =>
        (change.ConversationId, change.Summary?.LastSequence);
}
