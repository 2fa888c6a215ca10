using System.Net;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;

namespace Chat.Tests.Integration.Membership;

/// <summary>Two instances that know of each other only through the database: one remembers what a user may, the other
/// changes it. CH-8.</summary>
public abstract class RemovedElsewhereSpec
{
    private static readonly UserId Ann = UserId.Parse("ann"), Bob = UserId.Parse("bob");

    internal abstract DatabaseKind Kind { get; }

    [SpecFact]
    public async Task A_user_who_was_removed_on_another_instance_is_refused_whatever_is_remembered_here()
    {
        await using var site = await StartAsync();
        var (a, b) = (site.Servers[0], site.Servers[1]);
        await using var ann = await a.ConnectHubAsync("ann");
        await using var bob = await b.ConnectHubAsync("bob");
        var conversation =
            (await ann.CreateConversationAsync(new CreateConversation { ParticipantIds = [Ann, Bob] })).Id;
        await bob.SendAsync(conversation, "B remembers from now on that bob may");
        await ann.RemoveParticipantAsync(conversation, Bob);
        await ann.SendAsync(conversation, "secret");

        foreach (var call in new Func<Task>[]
        {
            () => bob.JoinAsync(conversation), () => bob.JoinAsync(conversation, 0),
            () => bob.MarkReadAsync(conversation, 4),
            () => bob.HistoryAsync(conversation), () => bob.SendAsync(conversation, "not stored"),
            () => bob.AddParticipantsAsync(conversation, [UserId.Parse("eve")]),
            () => bob.GetPresenceAsync(conversation), () => bob.ReadPositionsAsync(conversation),
        })
            Assert.Equal(ChatErrorCode.Forbidden,
                (await Assert.ThrowsAsync<ChatRefusedException>(call)).Code);
        using var messages = await b.Http.GetAsync($"/api/v1/chat/{conversation}/messages?user_id=bob");
        Assert.Equal(HttpStatusCode.Forbidden, messages.StatusCode);
        Assert.DoesNotContain((await bob.ConversationsAsync()), summary => summary.Id == conversation);
        var log = await ann.HistoryAsync(conversation);
        Assert.Equal(4, log.Head); // created, bob's, the removal, ann's
        Assert.DoesNotContain(await ann.ReadPositionsAsync(conversation), position => position.UserId == Bob);
    }

    [SpecFact]
    public async Task A_reader_on_another_instance_is_shown_the_removal_last()
    {
        await using var site = await StartAsync();
        await using var ann = await site.Servers[0].ConnectHubAsync("ann");
        var conversation =
            (await ann.CreateConversationAsync(new CreateConversation { ParticipantIds = [Ann, Bob] })).Id;
        await using var bob = await site.Servers[1].ConnectRawAsync("bob", "seq,typing,presence");
        await bob.JoinAsync(conversation, 0);
        await bob.UntilAsync("presence");
        await ann.RemoveParticipantAsync(conversation, Bob);
        for (var i = 0; i < 5; i++) await ann.SendAsync(conversation, "secret");
        var removal = await bob.UntilAsync("left");
        Assert.Equal(conversation.ToString(), removal.GetProperty("conversation_id").GetString());
        await bob.SendAsync(new { type = "join", conversation_id = conversation.ToString() });
        Assert.Equal("forbidden", (await bob.NextAsync()).GetProperty("code").GetString());
    }

    /// <summary>What is remembered must account for the log up to where the client resumes.</summary>
    [SpecFact]
    public async Task A_user_who_was_added_again_elsewhere_and_resumes_from_there_is_not_told_of_the_removal_before()
    {
        await using var site = await StartAsync(("Chat:FanOut:HeadCheckMilliseconds", "600000"));
        var (a, b) = (site.Servers[0], site.Servers[1]);
        await using var ann = await a.ConnectHubAsync("ann");
        var conversation =
            (await ann.CreateConversationAsync(new CreateConversation { ParticipantIds = [Ann, Bob] })).Id;
        await using var lagging = await b.ConnectRawAsync("ann", "seq");
        await lagging.JoinAsync(conversation); // B's feed begins here, and nobody tells it more
        await using var bob = await b.ConnectRawAsync("bob", "seq");
        await bob.JoinAsync(conversation); // B remembers that bob may
        await bob.SendAsync(new { type = "leave", conversation_id = conversation.ToString() });
        await bob.UntilAsync("left");
        await ann.RemoveParticipantAsync(conversation, Bob);
        await ann.AddParticipantsAsync(conversation, [Bob]);
        var seen = (await ann.SendAsync(conversation, "seen on A")).Sequence;

        await bob.JoinAsync(conversation, seen);
        await bob.MessageAsync(conversation, "still here");
        var shown = await bob.NextAsync();
        Assert.Equal(seen + 1, shown.GetProperty("message").GetProperty("seq").GetInt64());
    }

    private Task<MembershipSite> StartAsync(params (string, string)[] settings) =>
        MembershipSite.StartAsync(Kind, instances: 2, settings);
}

public sealed class SqliteRemovedElsewhereTests : RemovedElsewhereSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresRemovedElsewhereTests : RemovedElsewhereSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
