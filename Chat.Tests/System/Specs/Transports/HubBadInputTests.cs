using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Server.Persistence;

namespace Chat.Tests.Specs.Transports;

/// <summary>Whatever is sent to the hub is answered as documented, and the connection stays usable unless the hub protocol itself is broken.</summary>
public sealed class HubBadInputTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Lobby = "\"00000000-0000-0000-0000-000000000001\"";

    [Fact]
    public async Task Every_bad_field_is_a_bad_request_and_the_connection_stays_usable()
    {
        await using var hub = await ConnectAsync();
        foreach (var (field, value, _) in BadInput.MessageFields)
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(string.Concat(field.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));
            var arguments = field == "body" ? $"{Lobby},{value}" : $"{Lobby},\"x\",{{\"{name}\":{value}}}";
            await RefusedAsync(hub, "Send", arguments, "bad_request");
        }
        await UsableAsync(hub);
    }

    [Theory]
    [InlineData("Join", "", "bad_request")]
    [InlineData("Join", "5", "bad_request")]
    [InlineData("Join", "null", "bad_request")]
    [InlineData("Join", "\"lobby\"", "bad_request")]
    [InlineData("Join", Lobby + ",\"1\"", "bad_request")]
    [InlineData("Join", Lobby + ",-1", "bad_request")]
    [InlineData("Join", Lobby + ",1e400", "bad_request")]
    [InlineData("Join", Lobby + ",9223372036854775807", "bad_request")]
    [InlineData("Join", Lobby + ",1,2,3", "bad_request")]
    [InlineData("Join", "\"00000000-0000-0000-0000-0000000000ff\"", "forbidden")]
    [InlineData("Send", "\"00000000-0000-0000-0000-0000000000ff\",\"x\"", "forbidden")]
    [InlineData("History", Lobby + ",{\"limit\":0}", "bad_request")]
    [InlineData("History", Lobby + ",{\"limit\":-5}", "bad_request")]
    [InlineData("History", Lobby + ",{\"before\":1,\"after\":1}", "bad_request")]
    [InlineData("History", Lobby + ",{\"before\":\"x\"}", "bad_request")]
    [InlineData("CreateConversation", "{}", "bad_request")]
    [InlineData("CreateConversation", "null", "bad_request")]
    [InlineData("CreateConversation", "{\"participantIds\":[]}", "bad_request")]
    [InlineData("CreateConversation", "{\"participantIds\":[\"\"]}", "bad_request")]
    [InlineData("CreateConversation", "{\"participantIds\":[null]}", "bad_request")]
    [InlineData("CreateConversation", "{\"participantIds\":[\"a\\u0000\"]}", "bad_request")]
    [InlineData("CreateConversation", "{\"participantIds\":[\"a\\ud800\"]}", "bad_request")]
    [InlineData("CreateConversation", "{\"participantIds\":[\"a\"],\"kind\":\"public\"}", "bad_request")]
    [InlineData("CreateConversation", "{\"participantIds\":[\"a\"],\"kind\":\"club\"}", "bad_request")]
    [InlineData("CreateConversation", "{\"participantIds\":[\"a\"],\"title\":\"\\u0000\"}", "bad_request")]
    [InlineData("CreateConversation", "{\"participantIds\":[\"a\",\"b\",\"c\"],\"kind\":\"direct\"}", "bad_request")]
    [InlineData("AddParticipants", Lobby + ",[\"a\"]", "bad_request")]
    [InlineData("AddParticipants", Lobby + ",null", "bad_request")]
    [InlineData("RemoveParticipant", Lobby + ",\"a\"", "bad_request")]
    [InlineData("MarkRead", Lobby + ",-1", "bad_request")]
    [InlineData("Typing", "", "bad_request")]
    [InlineData("Typing", Lobby + ",\"yes\"", "bad_request")]
    [InlineData("Typing", Lobby + ",true,1", "bad_request")]
    [InlineData("Typing", "\"00000000-0000-0000-0000-0000000000ff\"", "forbidden")]
    [InlineData("MarkRead", "\"00000000-0000-0000-0000-0000000000ff\",1", "forbidden")]
    [InlineData("SetMuted", "\"00000000-0000-0000-0000-0000000000ff\"", "forbidden")]
    [InlineData("ReadPositions", "null", "bad_request")]
    [InlineData("ReadPositions", "\"00000000-0000-0000-0000-0000000000ff\"", "forbidden")]
    [InlineData("NoSuchMethod", "1", "unsupported_type")]
    public async Task A_bad_call_is_refused_with_its_code_and_the_connection_stays_usable(string method, string arguments, string code)
    {
        await using var hub = await ConnectAsync();
        await RefusedAsync(hub, method, arguments, code);
        await UsableAsync(hub);
    }

    [Fact]
    public async Task Thousands_of_mutated_calls_never_break_the_server_and_leave_usable_connections()
    {
        var random = new Random(3);
        var source = Encoding.UTF8.GetBytes("{\"type\":1,\"invocationId\":\"x\",\"target\":\"Send\",\"arguments\":[" + Lobby + ",\"hi \\ud83d\",{\"msgType\":0,\"attachmentMeta\":{\"a\":[1]}}]}\u001e");
        var hub = await ConnectAsync();
        for (var i = 0; i < 3_000; i++)
        {
            var frame = source.ToArray();
            for (var k = random.Next(1, 4); k > 0; k--) frame[random.Next(frame.Length - 1)] = (byte)random.Next(32, 127);
            try
            {
                await hub.SendAsync(frame);
            }
            catch (WebSocketException)
            {
                await hub.Ended.WaitAsync(Bounds.Wait); // broken JSON ends a SignalR connection: that is its protocol
            }
            if (!hub.Ended.IsCompleted) continue;
            await hub.DisposeAsync();
            hub = await ConnectAsync();
        }
        await hub.DisposeAsync();
        await using var after = await ConnectAsync();
        await UsableAsync(after);
    }

    [Fact]
    public async Task What_a_raw_socket_sees_of_the_JSON_hub_protocol_is_the_documented_invocation()
    {
        await using var hub = await ConnectAsync();
        await hub.InvokeAsync("Join", Lobby);
        var receipt = (await hub.InvokeAsync("Send", $"{Lobby},\"golden\"")).GetProperty("result");
        string text;
        do text = await hub.NextTextAsync();
        while (!text.Contains("golden", StringComparison.Ordinal));
        Assert.Equal(
            $$"""{"type":1,"target":"MessageReceived","arguments":[{"kind":"message","sequence":{{receipt.GetProperty("sequence")}},"id":"{{receipt.GetProperty("id")}}","conversationId":{{Lobby}},"senderId":"{{_user}}","createdAt":"{{receipt.GetProperty("createdAt")}}","body":"golden","msgType":0,"attachmentUrl":null,"attachmentMeta":null,"dedupeKey":null}]}""",
            text);
    }

    private readonly string _user = TransportSpec.Unique("hub");

    private async Task<HubTextClient> ConnectAsync() => await HubTextClient.ConnectAsync((await fixture.StartAsync(DatabaseKind.Sqlite)).Url, _user);

    private static async Task RefusedAsync(HubTextClient hub, string method, string arguments, string code)
    {
        var completion = await hub.InvokeAsync(method, arguments);
        var shown = $"{method}({(arguments.Length > 200 ? arguments[..200] : arguments)}): {completion}";
        Assert.True(completion.TryGetProperty("error", out var error), shown);
        var refusal = ChatError.FromHubText(error.GetString()!);
        Assert.True(refusal is not null && refusal.Code.ToWire() == code, shown);
        Assert.DoesNotContain("   at ", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task UsableAsync(HubTextClient hub) =>
        Assert.True((await hub.InvokeAsync("Send", $"{Lobby},\"usable\"")).TryGetProperty("result", out _));
}
