using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;

namespace Chat.Tests.Specs;

/// <summary>What the double of a server has in common with a real one, seen through a connection of the SDK.</summary>
public abstract partial class ChatServerSpec : IAsyncLifetime
{
    private static readonly UserId Ann = UserId.Parse("ann");
    private static readonly UserId Ben = UserId.Parse("ben");
    private static readonly UserId Cem = UserId.Parse("cem");

    private const string NotYours = "you are not a participant of this conversation, or it does not exist";

    private readonly List<IAsyncDisposable> _connections = [];

    internal abstract IChatConnection Connect(UserId user);

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var connection in _connections) await connection.DisposeAsync();
    }

    // CH-1, CH-4, CH-25
    [Fact]
    public async Task Entries_come_in_order_to_all_who_joined_and_from_where_they_asked()
    {
        var (ann, ben, id) = await GroupAsync();
        await ann.Hub.Join(id);
        for (var i = 2; i <= 4; i++) Assert.Equal(i, (await ann.Hub.Send(id, $" {i} ")).Sequence);
        Assert.Equal([2, 3, 4], await ann.Pushes.SequencesAsync(3));
        var joined = await ben.Hub.Join(id, afterSequence: 1);
        Assert.Equal((1, 4), (joined.AfterSequence, joined.Head));
        Assert.Equal([2, 3, 4], await ben.Pushes.SequencesAsync(3));
        await ben.Hub.Join(id); // changes nothing
        await ben.Hub.Join(id, afterSequence: 3);
        Assert.Equal([4], await ben.Pushes.SequencesAsync(1));
        await ben.Hub.Leave(id);
        await ann.Hub.Send(id, "unseen");
        Assert.Equal(5, (await ben.Hub.Join(id)).AfterSequence);
        await ann.Hub.Send(id, "seen");
        Assert.Equal([6], await ben.Pushes.SequencesAsync(1));
    }

    [Fact]
    public async Task The_same_dedupe_key_stores_once_for_each_sender_and_conversation()
    {
        var (ann, ben, id) = await GroupAsync();
        var options = new SendOptions { DedupeKey = "k" };
        var first = await ann.Hub.Send(id, "hi", options);
        Assert.Equal(first with { Duplicate = true }, await ann.Hub.Send(id, "other words", options));
        Assert.False((await ben.Hub.Send(id, "hi", options)).Duplicate);
        Assert.False((await ann.Hub.Send(ConversationId.Lobby, "hi", options)).Duplicate);
    }

    [Fact]
    public async Task Refusals_are_the_same_to_the_letter()
    {
        var (ann, _, id) = await GroupAsync();
        var stranger = await ConnectAsync(Cem);
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => stranger.Hub.Join(id));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => stranger.Hub.Send(id, "hi"));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours,
            () => stranger.Hub.History(new ConversationId(Guid.NewGuid())));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => stranger.Hub.Typing(id));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => stranger.Hub.MarkRead(id, 1));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => stranger.Hub.ReadPositions(id));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => stranger.Hub.SetMuted(id));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => stranger.Hub.GetPresence(id));
        await RefusedAsync(ChatErrorCode.BadRequest, "afterSequence must be a whole number, 0 or more",
            () => ann.Hub.Join(id, -1));
        await RefusedAsync(ChatErrorCode.BadRequest,
            "afterSequence must be at most 1, the conversation's newest sequence", () => ann.Hub.Join(id, 2));
        await RefusedAsync(ChatErrorCode.BadRequest, "body must not be empty when there is no attachmentUrl",
            () => ann.Hub.Send(id, " \n"));
        await RefusedAsync(ChatErrorCode.BadRequest, "body must have at most 65536 bytes in UTF-8",
            () => ann.Hub.Send(id, new string('x', 65_537)));
        await RefusedAsync(ChatErrorCode.BadRequest, "body must not contain NUL characters",
            () => ann.Hub.Send(id, "a\0b"));
        await RefusedAsync(ChatErrorCode.BadRequest, "msgType must be 0 (text), 1 (image) or 2 (file)",
            () => ann.Hub.Send(id, "x", new SendOptions { MsgType = MessageType.System }));
        await RefusedAsync(ChatErrorCode.BadRequest, "dedupeKey must have at most 64 characters (Unicode code points)",
            () => ann.Hub.Send(id, "x", new SendOptions { DedupeKey = new string('k', 65) }));
        await RefusedAsync(ChatErrorCode.BadRequest,
            "attachmentMeta must be JSON, or a string that holds JSON, nested at most 32 levels",
            () => ann.Hub.Send(id, "x", new SendOptions { AttachmentMeta = new RawJson("\"{\"") }));
        await RefusedAsync(ChatErrorCode.BadRequest, "limit must be a whole number from 1 to 500",
            () => ann.Hub.History(id, new HistoryQuery { Limit = 501 }));
        await RefusedAsync(ChatErrorCode.BadRequest, "give before or after, not both",
            () => ann.Hub.History(id, new HistoryQuery { Before = 1, After = 1 }));
        await RefusedAsync(ChatErrorCode.BadRequest, "sequence must be a whole number, 0 or more",
            () => ann.Hub.MarkRead(id, -1));
        await RefusedAsync(ChatErrorCode.BadRequest, "participantIds must include at least one user id",
            () => ann.Hub.AddParticipants(id, []));
        await RefusedAsync(ChatErrorCode.BadRequest, "participants can be added only to a group",
            () => ann.Hub.AddParticipants(ConversationId.Lobby, [Cem]));
        await RefusedAsync(ChatErrorCode.BadRequest, "a direct conversation has exactly two participants and no title",
            () => ann.Hub.CreateConversation(
                new CreateConversation { ParticipantIds = [Ben, Cem], Kind = ConversationKind.Direct }));
        Assert.Equal(2, (await ann.Hub.Send(id, "still here")).Sequence);
    }

    [Fact]
    public async Task A_user_who_mutes_a_conversation_sees_it_so_and_nobody_else_does()
    {
        var (ann, ben, id) = await GroupAsync();
        await ann.Hub.SetMuted(id);
        await ann.Hub.SetMuted(ConversationId.Lobby);
        await ann.Hub.SetMuted(ConversationId.Lobby); // again: the same
        Assert.All(await ann.Hub.Conversations(), conversation => Assert.True(conversation.IsMuted));
        Assert.All(await ben.Hub.Conversations(), conversation => Assert.False(conversation.IsMuted));
        await ann.Hub.SetMuted(id, false);
        Assert.False((await ann.Hub.Conversations()).Single(conversation => conversation.Id == id).IsMuted);
    }

    // CH-8, CH-23
    [Fact]
    public async Task The_removal_is_the_last_that_the_removed_is_shown()
    {
        var (ann, ben, id) = await GroupAsync();
        await RefusedAsync(ChatErrorCode.Forbidden,
            "only an owner or a moderator may remove others, and only those below them; anyone may leave",
            () => ben.Hub.RemoveParticipant(id, Ann));
        await ben.Hub.Join(id);
        await ann.Hub.AddParticipants(id, [Cem, Ben]);
        await ann.Hub.RemoveParticipant(id, Ben);
        await ann.Hub.Send(id, "he is gone");
        Assert.Equal([Cem], Assert.IsType<ParticipantsAddedEntry>(await ben.Pushes.NextAsync()).ParticipantIds);
        Assert.Equal(Ben, Assert.IsType<ParticipantRemovedEntry>(await ben.Pushes.NextAsync()).ParticipantId);
        Assert.Equal(id, Assert.IsType<ConversationId>(await ben.Pushes.NextAsync()));
        await Assert.ThrowsAsync<ChatRefusedException>(() => ben.Hub.Join(id));
        await ann.Hub.RemoveParticipant(id, Ben); // again: nothing
        Assert.Equal(4, (await ann.Hub.History(id)).Head);
    }

    [Fact]
    public async Task History_and_the_list_of_conversations_tell_the_same_story()
    {
        var (ann, ben, id) = await GroupAsync();
        for (var i = 0; i < 5; i++) await ann.Hub.Send(id, $"{i}");
        Assert.Equal([2, 3], await PageAsync(new HistoryQuery { After = 1, Limit = 2 }));
        Assert.Equal([3, 4], await PageAsync(new HistoryQuery { Before = 5, Limit = 2 }));
        Assert.Equal([5, 6], await PageAsync(new HistoryQuery { Limit = 2 }));
        await ben.Hub.MarkRead(id, 4);
        await ben.Hub.MarkRead(id, 2); // never back
        var mine = Assert.Single(await ben.Hub.Conversations(), one => one.Id == id);
        Assert.Equal((6, 4, 2), (mine.LastSequence, mine.LastReadSequence, mine.UnreadCount));
        Assert.Equal("4", Assert.IsType<MessageEntry>(mine.LastEntry).Body);
        Assert.Equal(1, Assert.Single(await ann.Hub.Conversations(), one => one.Id == id).LastReadSequence);
        Assert.Contains(await ben.Hub.Conversations(), one => one.Id == ConversationId.Lobby);
        await ben.Hub.MarkRead(id, 99); // at most the head
        Assert.Equal(6, Assert.Single(await ben.Hub.Conversations(), one => one.Id == id).LastReadSequence);

        async Task<IEnumerable<long>> PageAsync(HistoryQuery query) =>
            (await ben.Hub.History(id, query)).Entries.Select(entry => entry.Sequence);
    }

    [Fact]
    public async Task A_direct_conversation_made_again_is_the_one_that_is_there()
    {
        var (ann, ben) = (await ConnectAsync(Ann), await ConnectAsync(Ben));
        var first = await ann.Hub.CreateConversation(
            new CreateConversation { ParticipantIds = [Ben], Kind = ConversationKind.Direct });
        var again = await ben.Hub.CreateConversation(
            new CreateConversation { ParticipantIds = [Ann], Kind = ConversationKind.Direct });
        Assert.Equal(first.Id, again.Id);
        Assert.Equal((1, 1), (first.LastReadSequence, again.LastReadSequence));
    }

    private async Task<(Guest Ann, Guest Ben, ConversationId Id)> GroupAsync(params UserId[] others)
    {
        var (ann, ben) = (await ConnectAsync(Ann), await ConnectAsync(Ben));
        var command = new CreateConversation { ParticipantIds = [Ben, .. others] };
        return (ann, ben, (await ann.Hub.CreateConversation(command)).Id);
    }

    private async Task<Guest> ConnectAsync(UserId user)
    {
        var connection = Connect(user);
        _connections.Add(connection);
        var pushes = new RecordedPushes();
        await connection.OpenAsync(pushes.Take, CancellationToken.None).WaitAsync(Bounds.Wait);
        return new Guest(connection, pushes);
    }

    private static async Task RefusedAsync(ChatErrorCode code, string text, Func<Task> call) =>
        Assert.Equal(new ChatError(code, text), (await Assert.ThrowsAsync<ChatRefusedException>(call)).Error);

    private sealed record Guest(IChatConnection Connection, RecordedPushes Pushes)
    {
        public IChatHub Hub => Connection.Hub;

        public Inbox<object> Signals => Pushes.Signals;
    }
}
