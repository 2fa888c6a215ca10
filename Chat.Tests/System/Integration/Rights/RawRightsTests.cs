using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures.Servers;
using Chat.Tests.Integration.Rest;

namespace Chat.Tests.Integration.Rights;

/// <summary>CH-218: participants, roles and settings over raw sockets.</summary>
public sealed class RawRightsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_that_the_hub_does_with_participants_and_settings_frames_do(bool camelCase)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await RestServer.StartAsync(database.Settings);
        await using var owner = await server.ConnectHubAsync("ann");
        var id = (await owner.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse("ben")] })).Id;
        await using var ann = await RawClient.ConnectAsync(
            server.Http.BaseAddress!, $"{(camelCase ? "userId" : "user_id")}=ann&features=rights,seq");

        await DoneAsync("add", Pair("participantIds", "[\"cem\",\"dan\"]"));
        await DoneAsync("set_role", $"{Pair("participantId", "\"ben\"")},\"role\":\"moderator\"");
        await DoneAsync("set_role",
            $"{Pair("participantId", "\"cem\"")},\"role\":\"readonly\",\"seconds\":60,\"reason\":\"loud\"");
        await DoneAsync("remove", Pair("participantId", "\"dan\""));
        await DoneAsync("change_conversation", $"\"title\":\"Team\",{Pair("slowModeSeconds", "7")}");

        await SayAsync("participants", "\"limit\":2");
        var page = await ann.UntilAsync("participants");
        Assert.Equal(("owner", 7), (Text(page, "role"), page.GetProperty(Key("slowModeSeconds")).GetInt32()));
        Assert.Equal("ann owner, ben moderator", Listed(page));
        await SayAsync("participants", "\"after\":\"ben\"");
        Assert.Equal("cem readonly", Listed(await ann.UntilAsync("participants")));
        await SayAsync("participants", "\"role\":\"moderator\"");
        Assert.Equal("ben moderator", Listed(await ann.UntilAsync("participants")));

        foreach (var (type, fields, words) in new[]
        {
            ("set_role", $"{Pair("participantId", "\"ben\"")},\"role\":\"king\"",
                "role must be owner, moderator, member, readonly or blocked"),
            ("add", Pair("participantIds", "[]"), $"{Key("participantIds")} must include at least one user id"),
            ("participants", "\"limit\":501", "limit must be a whole number from 1 to 500"),
        })
        {
            await SayAsync(type, fields);
            Assert.Equal(("bad_request", words), await ErrorAsync());
        }
        await using var plain = await RawClient.ConnectAsync(server.Http.BaseAddress!, "user_id=ann&features=seq");
        await plain.SendAsync($$"""{"type":"participants","conversation_id":"{{id}}"}""");
        Assert.Equal("unsupported_type", Text(await plain.UntilErrorAsync(), "code"));

        async Task DoneAsync(string type, string fields)
        {
            await SayAsync(type, fields);
            var done = await ann.UntilAsync("done");
            Assert.Equal((type, $"{id}"), (Text(done, "of"), Text(done, Key("conversationId"))));
        }

        Task SayAsync(string type, string fields) =>
            ann.SendAsync($$"""{"type":"{{type}}",{{Pair("conversationId", $"\"{id}\"")}},{{fields}}}""");

        async Task<(string, string)> ErrorAsync()
        {
            var error = await ann.UntilErrorAsync();
            return (Text(error, "code"), Text(error, "error"));
        }

        string Listed(JsonElement listed) => string.Join(", ", listed.GetProperty("participants").EnumerateArray()
            .Select(one => $"{Text(one, Key("userId"))} {Text(one, "role")}"));

        string Pair(string name, string value) => $"\"{Key(name)}\":{value}";

        string Key(string name) => camelCase ? name : JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
