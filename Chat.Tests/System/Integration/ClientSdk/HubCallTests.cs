using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using Xunit;

namespace Chat.Tests.Integration.ClientSdk;

public sealed class HubCallTests
{
    private static readonly ConversationId Room = new(new Guid("00000000-0000-0000-0000-0000000000aa"));

    [Fact]
    public async Task A_hub_error_is_a_refusal_with_its_code_and_the_connection_goes_on()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var chat = new ChatHubConnection(server.Options);
        await chat.StartAsync();

        var forbidden = await Assert.ThrowsAsync<ChatRefusedException>(() => chat.JoinAsync(TestChatHub.Hidden));
        var crashed = await Assert.ThrowsAsync<ChatRefusedException>(() => chat.SendAsync(Room, "crash"));

        Assert.Equal(new ChatError(ChatErrorCode.Forbidden, "no such conversation"), forbidden.Error);
        Assert.Equal(ChatErrorCode.InternalError, crashed.Code);
        Assert.DoesNotContain("secret", crashed.Message);
        Assert.Equal(1, (await chat.SendAsync(Room, "still here")).Sequence);
    }

    [Fact]
    public async Task A_cancelled_call_stays_a_cancellation()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var chat = new ChatHubConnection(server.Options);
        await chat.StartAsync();
        using var cancel = new CancellationTokenSource();

        var pending = chat.MarkReadAsync(Room, 1, cancel.Token); // the test hub never answers this
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.WaitAsync(Bounds.Wait));
    }

    [Fact]
    public async Task A_call_without_a_connection_says_so()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var chat = new ChatHubConnection(server.Options);

        await Assert.ThrowsAsync<ChatDisconnectedException>(() => chat.ConversationsAsync());
        await chat.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => chat.StartAsync());
    }

    [Theory]
    [InlineData(ChatTransports.WebSockets, false)]
    [InlineData(ChatTransports.WebSockets, true)]
    [InlineData(ChatTransports.LongPolling, false)]
    public async Task Large_messages_arrive_whole_both_ways(ChatTransports transports, bool stateful)
    {
        await using var server = await TestChatServer.StartAsync();
        await using var chat =
            new ChatHubConnection(server.Options with { Transports = transports, StatefulReconnect = stateful });
        var inbox = new Inbox<MessageEntry>();
        chat.OnMessage(inbox.Add);
        await chat.StartAsync();
        await chat.JoinAsync(Room);
        var body = string.Concat(Enumerable.Repeat("smörgås🍞 \"\\\n", 25_000)); // 425 kB as UTF-8

        await chat.SendAsync(Room, body);
        await chat.SendAsync(Room, "small");

        Assert.Equal([body, "small"], (await inbox.TakeAsync(2)).Select(message => message.Body));
    }

    [Fact]
    public async Task Every_call_of_the_contract_carries_its_arguments_and_its_answer()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var connection = new ChatHubConnection(server.Options);
        var (messages, entries, closed) = (new Inbox<MessageEntry>(), new Inbox<ConversationEntry>(),
            new Inbox<ConversationId>());
        connection.OnMessage(messages.Add);
        connection.OnEntry(entries.Add);
        connection.OnConversationClosed(closed.Add);
        await connection.StartAsync();
        IChatHub chat = connection;
        UserId[] users = [UserId.Parse("ann"), UserId.Parse("bob")];

        var made = await chat.CreateConversation(new CreateConversation { ParticipantIds = users, Title = "Tea" });
        Assert.Equal(users, Assert.IsType<ConversationCreatedEntry>(made.LastEntry).ParticipantIds.Skip(1));
        var joined = await chat.Join(made.Id, 0);
        Assert.Equal((made.Id, 0, 1), (joined.ConversationId, joined.AfterSequence, joined.Head));
        await chat.AddParticipants(made.Id, [.. users]);
        await chat.Send(made.Id, null,
            new SendOptions
            {
                DedupeKey = "k", MsgType = MessageType.File, AttachmentUrl = "https://x/y",
                AttachmentMeta = new RawJson("{\"a\":[1, 2]}")
            });
        var page = await chat.History(made.Id, new HistoryQuery { After = 1, Limit = 2 });
        await chat.RemoveParticipant(made.Id, users[0]);
        await chat.Leave(made.Id);

        Assert.Equal((3, 2), (page.Head, page.Entries.Count));
        Assert.IsType<ConversationCreatedEntry>(await entries.NextAsync());
        Assert.Equal(users, Assert.IsType<ParticipantsAddedEntry>(await entries.NextAsync()).ParticipantIds);
        var file = await messages.NextAsync();
        Assert.Equal((null, "k", MessageType.File, "https://x/y", "{\"a\":[1, 2]}"),
            (file.Body, file.DedupeKey, file.MsgType, file.AttachmentUrl, file.AttachmentMeta?.Text));
        Assert.Equal(made.Id, await closed.NextAsync());
        Assert.Equal(ConversationKind.Public, Assert.Single(await chat.Conversations()).Kind);
    }

    [Fact]
    public async Task Entries_of_every_kind_come_as_they_were_sent()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var chat = new ChatHubConnection(server.Options);
        var inbox = new Inbox<ConversationEntry>();
        chat.OnMessage(inbox.Add);
        chat.OnEntry(inbox.Add);
        await chat.StartAsync();
        await chat.JoinAsync(Room);
        var sent = OneOfEachKind();
        Assert.Equal(Enum.GetValues<EntryKind>().Order(), sent.Select(entry => entry.Kind).Order());

        foreach (var entry in sent) await server.PublishAsync(entry);

        var pushed = await inbox.TakeAsync(sent.Count);
        var page = await chat.HistoryAsync(Room);
        Assert.Equivalent(sent, pushed, strict: true);
        Assert.Equivalent(sent, page.Entries, strict: true);
        Assert.Equal(sent.Select(entry => entry.GetType()), pushed.Select(entry => entry.GetType()));
        Assert.Equal(sent.Select(entry => entry.GetType()), page.Entries.Select(entry => entry.GetType()));
    }

    private static List<ConversationEntry> OneOfEachKind()
    {
        var sequence = 0L;
        var (sender, time) = (UserId.Parse("ann"), new DateTimeOffset(2026, 1, 2, 3, 4, 5,
            TimeSpan.Zero).AddMicroseconds(123_456));
        MessageId Id() => new(new Guid((int)sequence, 0, 0, new byte[8]));
        return
        [
            new ConversationCreatedEntry
            {
                Id = Id(), ConversationId = Room, Sequence = ++sequence, SenderId = sender, CreatedAt = time,
                ParticipantIds = [sender], Title = "T"
            },
            new MessageEntry
            {
                Id = Id(), ConversationId = Room, Sequence = ++sequence, SenderId = sender, CreatedAt = time,
                Body = "b", AttachmentMeta = new RawJson("[ 1 ]")
            },
            new ParticipantsAddedEntry
            {
                Id = Id(), ConversationId = Room, Sequence = ++sequence, SenderId = sender, CreatedAt = time,
                ParticipantIds = [UserId.Parse("bob")]
            },
            new ParticipantRemovedEntry
            {
                Id = Id(), ConversationId = Room, Sequence = ++sequence, SenderId = sender, CreatedAt = time,
                ParticipantId = sender
            },
            new UnknownEntry
            {
                Id = Id(), ConversationId = Room, Sequence = ++sequence, SenderId = sender, CreatedAt = time
            },
            new ConversationChangedEntry
            {
                Id = Id(), ConversationId = Room, Sequence = ++sequence, SenderId = sender, CreatedAt = time,
                Title = ""
            },
            new RoleChangedEntry
            {
                Id = Id(), ConversationId = Room, Sequence = ++sequence, SenderId = sender, CreatedAt = time,
                ParticipantId = UserId.Parse("bob"), Role = ParticipantRole.Readonly, Until = time.AddHours(1)
            },
            new MessageEditedEntry
            {
                Id = Id(), ConversationId = Room, Sequence = ++sequence, SenderId = sender, CreatedAt = time,
                TargetSequence = 2, Body = "c"
            },
            new ReactionsChangedEntry
            {
                Id = Id(), ConversationId = Room, Sequence = ++sequence, SenderId = sender, CreatedAt = time,
                TargetSequence = 2, Counts = [new ReactionCount("👍", 2)],
                Changes = [new ReactionChange(UserId.Parse("bob"), ["👍", ":ok:"])]
            },
            new MessageDeletedEntry
            {
                Id = Id(), ConversationId = Room, Sequence = ++sequence, SenderId = sender, CreatedAt = time,
                TargetSequence = 2
            },
            new ContentErasedEntry
            {
                Id = Id(), ConversationId = Room, Sequence = ++sequence, SenderId = sender, CreatedAt = time,
                ThroughSequence = 3
            },
            new PinnedEntry
            {
                Id = Id(), ConversationId = Room, Sequence = ++sequence, SenderId = sender, CreatedAt = time,
                TargetSequence = 2
            },
            new UnpinnedEntry
            {
                Id = Id(), ConversationId = Room, Sequence = ++sequence, SenderId = sender, CreatedAt = time,
                TargetSequence = 2
            },
        ];
    }
}
