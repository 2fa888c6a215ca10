using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Integration.ClientSdk;

/// <summary>Whatever an application hands over, of any size and depth: it fails alone, with words, and the connection
/// stays.</summary>
public sealed class PoisonTests
{
    [Fact]
    public async Task No_call_however_large_or_odd_costs_the_connection()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var chat = await ChatClient.ConnectAsync(
            ChatClientOptions.ForServer(server.Url) with { UserId = UserId.Parse("ann") });
        var losses = 0;
        using var watching = chat.OnStateChange(change =>
        {
            if (change.State == ConnectionState.Reconnecting) Interlocked.Increment(ref losses);
        });
        var users = Enumerable.Range(0, 60_000).Select(i => UserId.Parse($"user {i} of many")).ToList();
        var group = (await chat.CreateConversationAsync(new CreateConversation { ParticipantIds = users[..2] })).Id;
        Func<Task>[] calls =
        [
            () => chat.CreateConversationAsync(new CreateConversation { ParticipantIds = users[..1_001] }),
            () => chat.CreateConversationAsync(new CreateConversation { ParticipantIds = users }),
            () => chat.CreateConversationAsync(
                new CreateConversation { ParticipantIds = users[..2], Title = new string(' ', 2_000_000) + "x" }),
            () => chat.CreateConversationAsync(
                new CreateConversation { ParticipantIds = users[..2], Title = new string('t', 256) }),
            () => chat.AddParticipantsAsync(group, users),
            () => chat.AddParticipantsAsync(group, []),
            () => chat.SendAsync(group, new string('a', 2_000_000)),
            () => chat.SendAsync(group, "a\0"),
            () => chat.SendAsync(group, "\ud800"),
            () => chat.SendAsync(group, "x", new SendOptions { AttachmentUrl = "\udc00" }),
            () => chat.SendAsync(group, "x", new SendOptions { AttachmentUrl = new string('u', 2_000_000) }),
            () => chat.SendAsync(group, "x", new SendOptions { DedupeKey = new string('k', 65) }),
            () => chat.SendAsync(group, "x", Meta(new string('[', 200_000) + new string(']', 200_000))),
            () => chat.SendAsync(group, "x", Meta("{\"a\":")),
            () => chat.SendAsync(group, "x", Meta("[\"\\ud800\"]")),
            () => chat.MarkReadAsync(group, -1),
            () => chat.HistoryAsync(group, new HistoryQuery { Limit = int.MaxValue }),
        ];
        foreach (var call in calls) await call.Should().ThrowAsync<ChatRefusedException>();

        await chat.SendAsync(group, new string(' ', 2_000_000) + "x" + new string('\u3000', 1_000_000));
        var shown = await chat.HistoryAsync(group);
        shown.Entries.OfType<MessageEntry>().Select(message => message.Body).Should().Equal("x");
        losses.Should().Be(0);
    }

    [Fact]
    public async Task A_bad_message_of_an_older_client_in_the_outbox_fails_alone()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        var file = Path.Combine(Directory.CreateTempSubdirectory("chat-tests-poison-").FullName, "outbox");
        var old = new FileOutboxStore(file);
        await old.LoadAsync(default);
        (string Body, SendOptions Options)[] left =
        [
            (new string('a', 1_100 * 1_024), new SendOptions()), ("x", Meta(new string('[', 60) + new string(']', 60))),
            ("a\0b", new SendOptions()), ("sound", new SendOptions()),
        ];
        await old.AddAsync(
            [
                .. left.Select((one, i) => new OutboxMessage(i + 1, ConversationId.Lobby, one.Body,
                    one.Options with { DedupeKey = $"k{i}" }, Drafts.Noon)),
            ],
            default);
        await old.CloseAsync();

        await using (var chat = await ChatClient.ConnectAsync(ChatClientOptions.ForServer(server.Url) with
        {
            UserId = UserId.Parse("ann"), Outbox = new OutboxOptions { Store = new FileOutboxStore(file) },
        }))
        {
            await chat.FlushAsync().WaitAsync(Bounds.Wait);
            var failed = chat.Pending.All();
            failed.Should().HaveCount(3);
            failed.Should().OnlyContain(message => message.Failure is ChatRefusedException);
            var shown = await chat.HistoryAsync(ConversationId.Lobby);
            shown.Entries.OfType<MessageEntry>().Select(message => message.Body).Should().Equal("sound");
        }
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static SendOptions Meta(string json) => new() { AttachmentMeta = new RawJson(json) };
}
