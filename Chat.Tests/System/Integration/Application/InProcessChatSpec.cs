using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Tests.Integration.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Application;

/// <summary>The chat from inside the application, beside clients that are connected.</summary>
public abstract class InProcessChatSpec : ApplicationSpec
{
    private static readonly UserId Cem = UserId.Parse("cem");

    [SpecFact]
    public async Task Users_act_with_their_rights_and_everybody_is_shown_it()
    {
        var ann = Chat.As(Ann);
        var room = (await ann.CreateAsync(new() { ParticipantIds = [Ben], Title = "Order 17" })).Id;
        await using var ben = await Server.ConnectRawAsync("ben", "seq,edits");
        await ben.JoinAsync(room);

        var sent = await ann.SendAsync(room, "hello", new() { DedupeKey = "k" });
        Assert.Equal(sent with { Duplicate = true }, await ann.SendAsync(room, "hello", new() { DedupeKey = "k" }));
        Assert.Equal("hello",
            (await ben.UntilAsync("message")).GetProperty("message").GetProperty("body").GetString());
        await ann.EditAsync(room, sent.Sequence, new() { Body = "hello again" });
        await Chat.As(Ben).SetReactionsAsync(room, sent.Sequence, ["👍"]);
        await ann.SetPinnedAsync(room, sent.Sequence);
        await ann.AddAsync(room, [Cem]);
        await ann.SetRoleAsync(room, new SetRole { UserId = Ben, Role = ParticipantRole.Moderator });
        await ann.ChangeAsync(room, new() { Title = "Order 18" });
        await ann.DeleteAsync(room, sent.Sequence);
        await ann.RemoveAsync(room, Cem);

        Assert.Equal("Order 18", Assert.Single(await Chat.As(Ben).ListAsync(), one => one.Id == room).Title);
        Assert.Equal(["ann", "ben"],
            (await ann.ParticipantsAsync(room)).Participants.Select(one => one.UserId.Value).Order());
        var entries = new List<ConversationEntry>();
        await foreach (var entry in Chat.As(Ben).ReadAsync(room)) entries.Add(entry);
        Assert.Equal(
            [EntryKind.ConversationCreated, EntryKind.Message, EntryKind.MessageEdited, EntryKind.ReactionsChanged,
                EntryKind.Pinned, EntryKind.ParticipantsAdded, EntryKind.RoleChanged, EntryKind.ConversationChanged,
                EntryKind.MessageDeleted, EntryKind.ParticipantRemoved], entries.Select(entry => entry.Kind));
        Assert.Equal(Enumerable.Range(1, entries.Count), entries.Select(entry => (int)entry.Sequence));
    }

    [SpecFact]
    public async Task What_a_user_may_not_do_is_refused_with_words_and_the_application_may()
    {
        var room = (await Chat.As(Ann).CreateAsync(new() { ParticipantIds = [Ben] })).Id;
        var refusals = new Func<Task>[]
        {
            () => Chat.As(Cem).SendAsync(room, "let me in"),
            () => Chat.As(Ben).SetRoleAsync(room, new SetRole { UserId = Ann, Role = ParticipantRole.Member }),
            () => Chat.As(Cem).HistoryAsync(room),
            async () =>
            {
                await foreach (var _ in Chat.As(Cem).ReadAsync(room)) Assert.Fail("an entry was shown");
            },
            () => Chat.AsSystem.SetReactionsAsync(room, 1, ["👍"]),
        };
        foreach (var act in refusals)
            Assert.Equal(ChatErrorCode.Forbidden, (await Assert.ThrowsAsync<ChatRefusalException>(act)).Code);
        Assert.Equal(ChatErrorCode.BadRequest, (await Assert.ThrowsAsync<ChatRefusalException>(
            () => Chat.As(Ann).SendAsync(room, ""))).Code);

        await Chat.AsSystem.SendAsync(room, "your order is on its way");
        await Chat.AsSystemFor(Cem).SendAsync(room, "from the courier");
        await Chat.AsSystem.AddAsync(room, [Cem]);
        var page = await Chat.As(Cem).HistoryAsync(room);
        Assert.Equal([("system", "your order is on its way"), ("cem", "from the courier")],
            page.Entries.OfType<MessageEntry>().Select(message => (message.SenderId.Value, message.Body!)));
        var made = await Chat.AsSystem.CreateAsync(new() { ParticipantIds = [Ann, Ben], Title = "Made" });
        Assert.Equal(["ann", "ben"],
            (await Chat.AsSystem.ParticipantsAsync(made.Id)).Participants.Select(one => one.UserId.Value).Order());
    }

    [SpecFact]
    public async Task Tenants_see_nothing_of_each_other_and_one_that_is_none_is_said_so()
    {
        var room = (await Chat.As(Ann, "acme").CreateAsync(new() { ParticipantIds = [Ben] })).Id;
        await Chat.As(Ben, "acme").SendAsync(room, "hello");
        Assert.Equal(ChatErrorCode.Forbidden, (await Assert.ThrowsAsync<ChatRefusalException>(
            () => Chat.As(Ann).SendAsync(room, "hello"))).Code);
        Assert.Equal(ChatErrorCode.Forbidden, (await Assert.ThrowsAsync<ChatRefusalException>(
            () => Chat.AsSystem.SendAsync(room, "hello"))).Code);
        Assert.Throws<ArgumentException>(() => Chat.As(Ann, "Not A Tenant"));
        Assert.Throws<ArgumentException>(() => Chat.As(default));
    }

    [SpecFact]
    public async Task A_user_is_erased()
    {
        var room = (await Chat.As(Ann).CreateAsync(new() { ParticipantIds = [Ben] })).Id;
        await Chat.As(Ann).SendAsync(room, "the secret");
        await Chat.As(Ben).SendAsync(room, "hello");
        await Chat.EraseUserAsync(Ann);
        await Eventually.HoldsAsync(async () =>
            (await Database.QueryAsync("select 1 from messages where message like '%secret%'")).Count == 0);
        Assert.Contains((await Chat.As(Ben).HistoryAsync(room)).Entries.OfType<MessageEntry>(),
            message => message.Body == "hello");
    }

    [SpecFact]
    public async Task A_user_who_was_deactivated_is_refused()
    {
        await using var keys = await KeyServer.StartAsync(Kind);
        var ann = keys.Server.Services.GetRequiredService<IChat>().As(Ann);
        await ann.CreateAsync(new() { ParticipantIds = [Ben] });
        var key = await keys.KeyAsync(KeyScopes.Admin);
        var answer = await keys.PostAsync(
            key, "/api/v1/admin/users/deactivate", """{"user_id":"ann","reason":"left"}""");
        Assert.Equal(200, (int)answer.Status);
        // It says from when on that holds.
        await Eventually.HoldsAsync(async () =>
            await Record.ExceptionAsync(() => ann.ListAsync()) is ChatRefusalException
            {
                Error.Message: "the user is deactivated"
            });
    }
}

public sealed class SqliteInProcessChatTests : InProcessChatSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresInProcessChatTests : InProcessChatSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
