using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Instances;

/// <summary>What one instance tells another, and what holds when it tells nothing.</summary>
public sealed class HintTests
{
    private const string HeadCheck = "Chat:FanOut:HeadCheckMilliseconds";
    private const string Never = "600000";

    private static readonly UserId Ann = UserId.Parse("ann"), Bob = UserId.Parse("bob");

    [Fact]
    public Task An_entry_reaches_the_readers_of_the_other_instance_without_a_look_at_the_database() =>
        HintsReachTheOtherAsync(DatabaseKind.Sqlite);

    [PostgresFact]
    public Task An_entry_reaches_the_readers_of_the_other_instance_on_PostgreSQL_too() =>
        HintsReachTheOtherAsync(DatabaseKind.Postgres);

    [Fact]
    public async Task Both_may_write_at_once_and_each_reader_sees_one_order_without_holes()
    {
        await using var instances = await TwoInstances.StartAsync(DatabaseKind.Sqlite, (HeadCheck, Never));
        await using var onA = await instances.A.ConnectRawAsync("ra", "seq");
        await using var onB = await instances.B.ConnectRawAsync("rb", "seq");
        await onA.JoinAsync(ConversationId.Lobby);
        await onB.JoinAsync(ConversationId.Lobby);
        await using var ann = await instances.A.ConnectHubAsync("ann");
        await using var bob = await instances.B.ConnectHubAsync("bob");

        await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(i => (i % 2 == 0 ? ann : bob).SendAsync(ConversationId.Lobby, $"{i}")));

        for (var i = 1; i <= 100; i++)
        {
            var seen = (await onA.UntilAsync("message")).GetProperty("message");
            Assert.Equal(i, seen.GetProperty("seq").GetInt64());
            Assert.Equal(seen.GetRawText(), (await onB.UntilAsync("message")).GetProperty("message").GetRawText());
        }
    }

    [Fact]
    public async Task A_reader_that_resumes_after_what_another_instance_showed_is_never_ahead_of_this_one()
    {
        await using var instances = await TwoInstances.StartApartAsync(DatabaseKind.Sqlite, (HeadCheck, Never));
        await using var lagging = await instances.B.ConnectRawAsync("lagging", "seq");
        await lagging.JoinAsync(ConversationId.Lobby); // B's feed begins here, and nobody tells it more
        await using var ann = await instances.A.ConnectHubAsync("ann");
        var last = 0L;
        for (var i = 0; i < 3; i++) last = (await ann.SendAsync(ConversationId.Lobby, $"{i}")).Sequence;

        await using var moved = await instances.B.ConnectRawAsync("moved", "seq");
        var joined = await moved.JoinAsync(ConversationId.Lobby, after: last);
        Assert.Equal(last, joined.GetProperty("seq").GetInt64());
        await ann.SendAsync(ConversationId.Lobby, "next");
        await moved.MessageAsync(ConversationId.Lobby, "mine");

        Assert.Equal(last + 1,
            (await moved.UntilAsync("message")).GetProperty("message").GetProperty("seq").GetInt64());
        Assert.Equal(last + 2,
            (await moved.UntilAsync("message")).GetProperty("message").GetProperty("seq").GetInt64());
        for (var i = 1; i <= last + 2; i++)
            Assert.Equal(i, (await lagging.UntilAsync("message")).GetProperty("message").GetProperty("seq").GetInt64());
        await moved.SendAsync(
            new { type = "join", conversation_id = ConversationId.Lobby.ToString(), after_seq = 1_000 });
        Assert.Equal("bad_request", (await moved.UntilErrorAsync()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_removal_holds_at_once_on_the_instance_that_has_no_reader_there()
    {
        await using var instances = await TwoInstances.StartAsync(DatabaseKind.Sqlite, (HeadCheck, Never));
        await using var ann = await instances.A.ConnectHubAsync("ann");
        await using var bob = await instances.B.ConnectHubAsync("bob");
        var conversation =
            (await ann.CreateConversationAsync(new CreateConversation { ParticipantIds = [Ann, Bob] })).Id;
        await bob.SendAsync(conversation, "B remembers from now on that bob may write");

        await ann.RemoveParticipantAsync(conversation, Bob);

        await Eventually.HoldsAsync(async () =>
            await Record.ExceptionAsync(() => bob.SendAsync(conversation, "no longer"))
                is ChatRefusedException { Code: ChatErrorCode.Forbidden });
        await ann.AddParticipantsAsync(conversation, [Bob]);
        await bob.SendAsync(conversation, "again");
    }

    [Fact]
    public async Task Someone_added_again_stays_in_although_this_instance_learns_of_the_removal_later()
    {
        await using var instances = await TwoInstances.StartApartAsync(DatabaseKind.Sqlite, (HeadCheck, Never));
        await using var ann = await instances.A.ConnectHubAsync("ann");
        var conversation =
            (await ann.CreateConversationAsync(new CreateConversation { ParticipantIds = [Ann, Bob] })).Id;
        await using var lagging = await instances.B.ConnectRawAsync("ann", "seq");
        await lagging.JoinAsync(conversation); // B's feed begins here, and nobody tells it more
        await ann.RemoveParticipantAsync(conversation, Bob);
        await ann.AddParticipantsAsync(conversation, [Bob]);

        await using var bob = await instances.B.ConnectHubAsync("bob");
        var told = new Inbox<string>();
        bob.OnMessage(message => told.Add($"{message.Sequence}"));
        bob.OnEntry(entry => told.Add($"{entry.Sequence}"));
        bob.OnConversationClosed(_ => told.Add("closed"));
        var joined = await bob.JoinAsync(conversation, 1);
        Assert.Equal(3, joined.Head); // the removal is history to bob: the answer must not call it news
        await bob.SendAsync(conversation, "still here");

        Assert.Equal(["2", "3", "4"], await told.TakeAsync(3));
        await bob.SendAsync(conversation, "and after");
        Assert.Equal(["5"], await told.TakeAsync(1));
    }

    private static async Task HintsReachTheOtherAsync(DatabaseKind kind)
    {
        await using var instances = await TwoInstances.StartAsync(kind, (HeadCheck, Never));
        await using var reader = await instances.B.ConnectRawAsync("bob", "seq");
        await reader.JoinAsync(ConversationId.Lobby);
        await using var ann = await instances.A.ConnectHubAsync("ann");

        for (var i = 1; i <= 20; i++) await ann.SendAsync(ConversationId.Lobby, $"{i}");

        for (var i = 1; i <= 20; i++)
            Assert.Equal(i, (await reader.UntilAsync("message")).GetProperty("message").GetProperty("seq").GetInt64());
        Assert.Equal("", instances.B.TakeErrors());
    }
}
