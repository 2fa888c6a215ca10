using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Tests.Integration.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Application;

/// <summary>What a user wrote, did and takes part in.</summary>
public sealed class UserExportTests
{
    private static readonly UserId Ann = UserId.Parse("ann"), Ben = UserId.Parse("ben"), Cem = UserId.Parse("cem");

    // CH-307
    [Fact]
    public async Task It_has_all_of_the_user_and_nothing_that_others_wrote()
    {
        await using var keys = await KeyServer.StartAsync(DatabaseKind.Sqlite);
        var chat = keys.Server.Services.GetRequiredService<IChat>();
        var room = (await chat.As(Ann).CreateAsync(new() { ParticipantIds = [Ben, Cem], Title = "Team" })).Id;
        var left = (await chat.As(Ann).CreateAsync(new() { ParticipantIds = [Ben], Title = "Left" })).Id;
        var said = await chat.As(Ben).SendAsync(room, "what Ben said");
        await chat.As(Ann).SendAsync(room, "what Ann said");
        await chat.As(Ann).SetReactionsAsync(room, said.Sequence, ["👍"]);
        await chat.As(Ann).SendAsync(left, "before Ann left");
        await chat.As(Ann).RemoveAsync(left, Ann);
        await chat.As(Ann).BlockAsync(Cem);
        await chat.As(Ben).BlockAsync(Ann);
        await chat.As(Ann).ReportAsync(room, new() { Sequence = said.Sequence, Reason = "rude" });
        await chat.As(Cem).ReportAsync(room, new() { UserId = Ann, Reason = "who reported Ann is not said" });
        await chat.As(Ann, "acme").CreateAsync(new() { ParticipantIds = [Cem], Title = "Of another tenant" });

        using var output = new MemoryStream();
        await chat.ExportUserAsync(Ann, output);
        var lines = LinesOf(output.ToArray());

        Assert.Equal(["header", "trailer"], [TypeOf(lines[0]), TypeOf(lines[^1])]);
        Assert.Equal(("chat-user-export", "ann"),
            (lines[0].GetProperty("format").GetString(), lines[0].GetProperty("userId").GetString()));
        Assert.Equal(["before Ann left", "what Ann said"], lines.Where(line => TypeOf(line) == "entry")
            .Select(line => line.GetProperty("entry"))
            .Where(entry => entry.GetProperty("kind").GetString() == "message")
            .Select(entry => entry.GetProperty("body").GetString()).Order());
        Assert.Equal(["Left", "Team"], lines.Where(line => TypeOf(line) == "conversation")
            .Select(line => line.GetProperty("title").GetString()).Order());
        Assert.Single(lines, line => TypeOf(line) == "participant");
        Assert.Single(lines, line => TypeOf(line) == "reaction");
        Assert.Equal("cem", Assert.Single(lines, line => TypeOf(line) == "block").GetProperty("otherId").GetString());
        Assert.Equal("rude", Assert.Single(lines, line => TypeOf(line) == "report").GetProperty("reason").GetString());

        var admin = await keys.KeyAsync(KeyScopes.Admin);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/admin/users/export")
        {
            Headers = { Authorization = new("Bearer", admin) }, Content = new StringContent("""{"user_id":"ann"}"""),
        };
        using var answer = await keys.Server.Http.SendAsync(request);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(lines.Skip(1).SkipLast(1).Select(line => line.ToString()),
            LinesOf(await answer.Content.ReadAsByteArrayAsync()).Skip(1).SkipLast(1).Select(line => line.ToString()));
        var acme = await keys.KeyAsync(KeyScopes.Admin, "acme");
        Assert.Equal(403, (int)(await keys.PostAsync(
            acme, "/api/v1/admin/users/export", """{"user_id":"ann","tenant":"default"}""")).Status);
    }

    // CH-307
    [Fact]
    public async Task It_has_reactions_where_the_user_has_no_entry_and_takes_no_part()
    {
        await using var keys = await KeyServer.StartAsync(
            DatabaseKind.Sqlite, ("Chat:Messages:ReactionIntervalMilliseconds", "60000"));
        var chat = keys.Server.Services.GetRequiredService<IChat>();
        var sent = await chat.As(Ann).SendAsync(ConversationId.Lobby, "hello");
        // The first one is told at once, and the others behind it later: Cem has no entry.
        await chat.As(Ben).SetReactionsAsync(ConversationId.Lobby, sent.Sequence, ["👍"]);
        await chat.As(Cem).SetReactionsAsync(ConversationId.Lobby, sent.Sequence, ["👍"]);

        using var output = new MemoryStream();
        await chat.ExportUserAsync(Cem, output);

        Assert.Equal(["header", "conversation", "reaction", "trailer"], LinesOf(output.ToArray()).Select(TypeOf));
        using var nothing = new MemoryStream();
        await chat.ExportUserAsync(Cem, nothing, "acme");
        Assert.Equal(["header", "trailer"], LinesOf(nothing.ToArray()).Select(TypeOf));
    }

    private static string TypeOf(JsonElement line) => line.GetProperty("type").GetString()!;

    private static List<JsonElement> LinesOf(byte[] bytes) =>
    [
        .. System.Text.Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.Clone()),
    ];
}
