using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Server;
using Chat.Server.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Application;

/// <summary>What was read of a conversation is imported elsewhere, and reads the same there.</summary>
public abstract class ReactionHistorySpec : ApplicationSpec
{
    private static readonly UserId[] Many = [.. Enumerable.Range(0, 30).Select(i => UserId.Parse($"user {i}"))];

    // CH-305
    [SpecFact]
    public async Task Reactions_have_their_users_and_times_also_those_that_no_entry_names()
    {
        var room = await TalkAsync();
        var read = await ReadAsync(Chat, room);
        Assert.Contains(read.OfType<ReactionsChangedEntry>(), entry => entry.Changes is null);
        await using var elsewhere = await TestDatabase.CreateAsync(Kind);
        await using var server = await TestServer.StartAsync(elsewhere.Settings);
        var there = server.Services.GetRequiredService<IChat>();

        await there.ImportAsync((await NamedAsync(read)).ToAsyncEnumerable());

        var again = await ReadAsync(there, room);
        Assert.Equal(read.Select(TextOf), again.Zip(read, LikeRead).Select(TextOf));
        foreach (var message in read.OfType<MessageEntry>())
            Assert.Equal(await WhoAsync(Chat, message), await WhoAsync(there, message));
        foreach (var user in new[] { Ann, Ben, Many[3] })
            Assert.Equal(await NowAsync(Chat, user, room), await NowAsync(there, user, room));
        // Nothing is untold there, so nothing more is said.
        Assert.Empty(await elsewhere.QueryAsync("select 1 from message_states where untold_since is not null"));
        await there.As(Ben).SetReactionsAsync(room, 3, []);
        // Told at once, or at the end of the interval.
        await Eventually.HoldsAsync(async () => (await ReadAsync(there, room)).Count == read.Count + 1);
    }

    // CH-305
    [SpecFact]
    public async Task Where_nobody_is_named_what_is_known_is_told_anew()
    {
        var id = ConversationId.New(DateTimeOffset.UnixEpoch);
        ConversationEntry[] entries =
        [
            new ConversationCreatedEntry
            {
                Id = New(), ConversationId = id, Sequence = 1, SenderId = Ann, CreatedAt = DateTimeOffset.UnixEpoch,
                ParticipantIds = [Ann, Ben],
            },
            new MessageEntry
            {
                Id = New(), ConversationId = id, Sequence = 2, SenderId = Ann, CreatedAt = DateTimeOffset.UnixEpoch,
                Body = "hi",
            },
            new ReactionsChangedEntry
            {
                Id = New(), ConversationId = id, Sequence = 3, SenderId = Ben, CreatedAt = DateTimeOffset.UnixEpoch,
                TargetSequence = 2, Counts = [new("👍", 7)],
            },
        ];
        await Chat.ImportAsync(entries.ToAsyncEnumerable());
        await Eventually.HoldsAsync(async () =>
            (await ReadAsync(Chat, id))[^1] is ReactionsChangedEntry { Sequence: 4, Counts.Count: 0 });
    }

    private static MessageId New() => new(Guid.NewGuid());

    private async Task<ConversationId> TalkAsync()
    {
        var room = (await Chat.As(Ann).CreateAsync(new() { ParticipantIds = [Ben, .. Many], Title = "Team" })).Id;
        for (var i = 0; i < 4; i++) await Chat.As(Ann).SendAsync(room, $"message {i}");
        await Chat.As(Ben).SetReactionsAsync(room, 2, ["👍", ":tada:"]);
        await Chat.As(Ben).SetReactionsAsync(room, 2, ["👍"]);
        await Chat.As(Ann).SetReactionsAsync(room, 4, ["❤️"]);
        await Chat.As(Ann).SetReactionsAsync(room, 4, []);
        await Chat.As(Ben).SetReactionsAsync(room, 5, ["👍"]);
        await Chat.As(Ann).EditAsync(room, 2, new() { Body = "edited" });
        await Chat.As(Ann).DeleteAsync(room, 5);
        // At once: most of them are told together, and no entry says whose they are.
        await Task.WhenAll(Many.Select((user, i) =>
            Chat.As(user).SetReactionsAsync(room, 3, [$":k{i % 5}:", "👍"])));
        await Chat.As(Ben).SetReactionsAsync(room, 3, ["👍"]);
        await Eventually.HoldsAsync(async () => (await Database.QueryAsync(
            "select 1 from message_states where untold_since is not null")).Count == 0);
        return room;
    }

    private static async Task<List<ConversationEntry>> ReadAsync(IChat chat, ConversationId room)
    {
        var entries = new List<ConversationEntry>();
        await foreach (var entry in chat.AsSystem.ReadAsync(room)) entries.Add(entry);
        return entries;
    }

    /// <summary>The newest entry about a message that names nobody says who has put what.</summary>
    private async Task<List<ConversationEntry>> NamedAsync(List<ConversationEntry> read)
    {
        var last = read.OfType<ReactionsChangedEntry>().Where(told => told.Changes is null)
            .GroupBy(told => told.TargetSequence).Select(all => all.Last().Sequence).ToHashSet();
        var named = new List<ConversationEntry>();
        foreach (var entry in read)
            named.Add(entry is ReactionsChangedEntry told && last.Contains(told.Sequence)
                ? told with { Changes = await AllAsync(told) }
                : entry);
        return named;

        // Also a user who was named before and has none any more.
        async Task<List<ReactionChange>> AllAsync(ReactionsChangedEntry told)
        {
            var users = await UsersAsync(Chat, told.ConversationId, told.TargetSequence);
            var now = users.Select(one => one.UserId).ToHashSet();
            users.AddRange(read.OfType<ReactionsChangedEntry>().Where(one => one.TargetSequence == told.TargetSequence)
                .SelectMany(one => one.Changes ?? []).Select(one => one.UserId).Distinct()
                .Where(one => !now.Contains(one))
                .Select(one => new ReactionChange(one, [])));
            return users;
        }
    }

    /// <summary>Few users are named now where they were not.</summary>
    private static ConversationEntry LikeRead(ConversationEntry again, ConversationEntry read) =>
        again is ReactionsChangedEntry told && read is ReactionsChangedEntry { Changes: null }
            ? told with { Changes = null }
            : again;

    private static async Task<List<ReactionChange>> UsersAsync(IChat chat, ConversationId room, long target)
    {
        var users = new List<ReactionChange>();
        for (UserId? after = null; ;)
        {
            var page = await chat.AsSystem.ReactionsAsync(room, target, after: after);
            users.AddRange(page.Users);
            if ((after = page.Next) is null) return users;
        }
    }

    private static async Task<string> WhoAsync(IChat chat, MessageEntry message) => string.Join("; ",
        (await UsersAsync(chat, message.ConversationId, message.Sequence))
            .Select(one => $"{one.UserId} {string.Join(',', one.Keys)}"));

    private static async Task<string> NowAsync(IChat chat, UserId user, ConversationId room) => string.Join("; ",
        (await chat.As(user).HistoryAsync(room, new() { View = HistoryView.Main })).Current!.Select(now =>
            $"{now.Sequence} {now.Version} {string.Join(',', now.Counts)} {string.Join(',', now.Mine)}"));

    private static string TextOf(ConversationEntry entry) =>
        JsonSerializer.Serialize(entry, ChatJsonContext.Default.ConversationEntry);
}

public sealed class SqliteReactionHistoryTests : ReactionHistorySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresReactionHistoryTests : ReactionHistorySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
