using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Generations;

/// <summary>The database is put back to an earlier state while two instances run. CH-130, CH-131, CH-132.</summary>
public abstract class PutBackSpec
{
    private static readonly ConversationId Lobby = ConversationId.Lobby;
    private static readonly UserId Ann = UserId.Parse("ann"), Bob = UserId.Parse("bob");

    internal abstract DatabaseKind Kind { get; }

    [SpecFact]
    public Task A_connected_reader_is_told_and_shown_what_takes_the_lost_places() => StayAsync(tell: true);

    [SpecFact]
    public Task So_is_it_where_the_instances_know_of_each_other_only_through_the_database() => StayAsync(tell: false);

    private async Task StayAsync(bool tell)
    {
        await using var site = await PutBackSite.StartAsync(Kind, tell);
        var (a, b) = (site.Servers[0], site.Servers[1]);
        await using var ann = await a.ConnectHubAsync("ann");
        await using var raw = await b.ConnectRawAsync("raw", "seq");
        await using var plain = await b.ConnectRawAsync("plain");
        await using var packed = await HubBinaryClient.ConnectAsync(a.Url, "packed");
        await using var bob = await b.ConnectHubAsync("bob");
        var seen = new Inbox<string>();
        bob.OnMessage(message => seen.Add($"{message.Sequence} {message.Body}"));
        bob.OnGenerationChanged(place => seen.Add($"after {place.AfterSequence} in {place.Generation}"));
        var before = (await bob.JoinAsync(Lobby, 0)).Generation;
        Assert.Equal(before, (await raw.JoinAsync(Lobby, 0)).GetProperty("generation").GetString());
        await plain.JoinAsync(Lobby, 0);
        var joined = await packed.InvokeAsync("Join", $"\"{Lobby}\",0");
        Assert.Equal(before, joined.GetProperty("result").GetProperty("generation").GetString());
        for (var i = 1; i <= 10; i++) await ann.SendAsync(Lobby, $"m{i}");
        await seen.TakeAsync(10);
        for (var i = 1; i <= 10; i++) await raw.UntilAsync("message");
        for (var i = 1; i <= 10; i++) await plain.UntilAsync("message");

        await site.CutAsync(5);
        for (var i = 1; i <= 7; i++)
            Assert.Equal(5 + i, (await ann.SendAsync(Lobby, $"new{i}")).Sequence);

        var after = await NewsAsync(seen);
        Assert.NotEqual(before, after);
        Assert.Equal(Enumerable.Range(1, 7).Select(i => $"{5 + i} new{i}"), await seen.TakeAsync(7));
        var told = await raw.UntilAsync("joined");
        Assert.Equal((5, after),
            (told.GetProperty("after_seq").GetInt64(), told.GetProperty("generation").GetString()));
        for (var i = 1; i <= 7; i++)
        {
            var message = (await raw.UntilAsync("message")).GetProperty("message");
            Assert.Equal((5 + i, $"new{i}"),
                (message.GetProperty("seq").GetInt64(), message.GetProperty("body").GetString()));
            // A socket that knows nothing of sequences is shown the messages, and nothing else.
            var next = await plain.NextAsync();
            Assert.Equal($"new{i}", next.GetProperty("message").GetProperty("body").GetString());
        }
        await ShownAsync(packed, after, "new7");
        Assert.Equal(after, await site.GenerationAsync());
        await using var late = await a.ConnectHubAsync("late");
        Assert.Equal(after, (await late.JoinAsync(Lobby)).Generation);
        var history = await late.HistoryAsync(Lobby);
        Assert.Equal((12, after), (history.Head, history.Generation));
        foreach (var server in site.Servers)
        {
            await Eventually.HoldsAsync(async () => await PutBackSite.ChangesAsync(server) == "1");
            Assert.Contains(server.TakeErrors().Split('\n'), line => line.Contains("another generation"));
        }
        await ann.SendAsync(Lobby, "goes on");
        Assert.Equal(["13 goes on"], await seen.TakeAsync(1));
    }

    /// <summary>As many as were lost are stored before anybody looks: the numbers say nothing.</summary>
    [SpecFact]
    public async Task The_same_numbers_with_other_entries_are_noticed()
    {
        await using var site = await PutBackSite.StartAsync(Kind, tell: false);
        await using var ann = await site.Servers[0].ConnectHubAsync("ann");
        await using var bob = await site.Servers[1].ConnectHubAsync("bob");
        var seen = new Inbox<string>();
        bob.OnMessage(message => seen.Add($"{message.Sequence} {message.Body}"));
        bob.OnGenerationChanged(place => seen.Add($"after {place.AfterSequence} in {place.Generation}"));
        await bob.JoinAsync(Lobby, 0);
        for (var i = 1; i <= 4; i++) await ann.SendAsync(Lobby, $"m{i}");
        await seen.TakeAsync(4);

        await site.CutAsync(2);
        for (var i = 3; i <= 4; i++) await ann.SendAsync(Lobby, $"n{i}");

        await NewsAsync(seen);
        Assert.Equal(["3 n3", "4 n4"], await seen.TakeAsync(2));
    }

    [SpecFact]
    public async Task A_lost_tail_is_noticed_though_nobody_writes()
    {
        await using var site = await PutBackSite.StartAsync(Kind, tell: false);
        await using var ann = await site.Servers[0].ConnectHubAsync("ann");
        await using var raw = await site.Servers[1].ConnectRawAsync("raw", "seq");
        await raw.JoinAsync(Lobby, 0);
        for (var i = 1; i <= 3; i++) await ann.SendAsync(Lobby, $"m{i}");
        for (var i = 1; i <= 3; i++) await raw.UntilAsync("message");
        await site.CutAsync(1);
        var told = await raw.UntilAsync("joined");
        Assert.Equal((1, 1), (told.GetProperty("after_seq").GetInt64(), told.GetProperty("seq").GetInt64()));
        // A reader that comes back with a cursor beyond the end is told so.
        await using var back = await site.Servers[0].ConnectHubAsync("back");
        var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => back.JoinAsync(Lobby, 3));
        Assert.Equal(ChatErrorCode.BadRequest, refused.Code);
        Assert.Contains("at most 1", refused.Message);
    }

    /// <summary>A user who was added in a lost entry takes part no longer.</summary>
    [SpecFact]
    public async Task A_user_whose_membership_is_lost_sees_nothing_more()
    {
        await using var site = await PutBackSite.StartAsync(Kind, tell: false);
        await using var ann = await site.Servers[0].ConnectHubAsync("ann");
        var conversation = (await ann.CreateConversationAsync(new CreateConversation { ParticipantIds = [Ann] })).Id;
        await ann.AddParticipantsAsync(conversation, [Bob]);
        await using var bob = await site.Servers[1].ConnectHubAsync("bob");
        var seen = new Inbox<string>();
        bob.OnEntry(entry => seen.Add($"{entry.Sequence}"));
        bob.OnMessage(message => seen.Add(message.Body!));
        bob.OnConversationClosed(_ => seen.Add("closed"));
        await bob.JoinAsync(conversation, 0);
        await ann.SendAsync(conversation, "hello bob");
        Assert.Equal(["1", "2", "hello bob"], await seen.TakeAsync(3));

        await site.CutAsync(1);

        Assert.Equal(["closed"], await seen.TakeAsync(1));
        await ann.SendAsync(conversation, "without bob");
        Assert.Equal(ChatErrorCode.Forbidden,
            (await Assert.ThrowsAsync<ChatRefusedException>(() => bob.HistoryAsync(conversation))).Code);
        Assert.True(seen.IsEmpty);
    }

    [SpecFact]
    public async Task A_message_that_was_lost_is_stored_again_with_its_dedupe_key_and_a_poll_goes_on()
    {
        await using var site = await PutBackSite.StartAsync(Kind, tell: false, ("Chat:Room:PollSeconds", "1"));
        var server = site.Servers[0];
        await using var ann = await server.ConnectHubAsync("ann");
        using var entered = await server.Http.PostAsync("/api/join",
            new StringContent("""{"client_id":"poll"}""", System.Text.Encoding.UTF8, "application/json"));
        await ann.SendAsync(Lobby, "kept");
        var lost = await ann.SendAsync(Lobby, "lost", new SendOptions { DedupeKey = "key" });
        await site.CutAsync(1);
        using var empty = await server.Http.GetAsync("/api/messages?client_id=poll&after_id=2"); // beyond the end
        var cursor = Assert.Single(empty.Headers.GetValues("X-Chat-Cursor"));
        Assert.Equal("1", cursor);
        var again = await ann.SendAsync(Lobby, "lost", new SendOptions { DedupeKey = "key" });
        Assert.Equal((2, false), (again.Sequence, again.Duplicate));
        Assert.NotEqual(lost.Id, again.Id);
        var shown = await server.Http.GetStringAsync($"/api/messages?client_id=poll&after_id={cursor}");
        Assert.Contains("\"lost\"", shown);
    }

    private static async Task<string> NewsAsync(Inbox<string> seen)
    {
        var news = await seen.NextAsync();
        Assert.StartsWith("after ", news);
        return news.Split(' ')[^1];
    }

    /// <summary>The same in MessagePack.</summary>
    private static async Task ShownAsync(HubBinaryClient packed, string generation, string body)
    {
        var isTold = false;
        while (true)
        {
            var fields = HubMessages.Read(await packed.NextAsync());
            if (fields[0].GetInt32() != 1) continue;
            var argument = fields[4][0];
            if (fields[3].GetString() == "GenerationChanged")
            {
                Assert.Equal((5, generation), (argument.GetProperty("afterSequence").GetInt64(),
                    argument.GetProperty("generation").GetString()));
                isTold = true;
            }
            else if (fields[3].GetString() == "MessageReceived" && argument.GetProperty("body").GetString() == body)
            {
                Assert.True(isTold);
                return;
            }
        }
    }
}

public sealed class SqlitePutBackTests : PutBackSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresPutBackTests : PutBackSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
