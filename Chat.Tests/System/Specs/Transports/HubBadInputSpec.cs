using System.Text.Json;
using Chat.Contracts.Errors;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Transports;

/// <summary>Whatever is called on the hub is answered as documented, in every protocol of it.</summary>
public abstract class HubBadInputSpec
{
    internal const string Lobby = "\"00000000-0000-0000-0000-000000000001\"";

    internal abstract Task<IHubCaller> CallerAsync();

    [Fact]
    public async Task Every_bad_field_is_a_bad_request_and_the_connection_stays_usable()
    {
        await using var hub = await CallerAsync();
        foreach (var (field, value, _) in BadInput.MessageFields)
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(
                string.Concat(field.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));
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
    public async Task A_bad_call_is_refused_with_its_code_and_the_connection_stays_usable(
        string method, string arguments, string code)
    {
        await using var hub = await CallerAsync();
        await RefusedAsync(hub, method, arguments, code);
        await UsableAsync(hub);
    }

    private static async Task RefusedAsync(IHubCaller hub, string method, string arguments, string code)
    {
        var completion = await hub.InvokeAsync(method, arguments);
        var shown = $"{method}({(arguments.Length > 200 ? arguments[..200] : arguments)}): {completion}";
        Assert.True(completion.TryGetProperty("error", out var error), shown);
        var refusal = ChatError.FromHubText(error.GetString()!);
        Assert.True(refusal is not null && refusal.Code.ToWire() == code, shown);
        Assert.DoesNotContain("   at ", refusal.Message, StringComparison.Ordinal);
    }

    internal static async Task UsableAsync(IHubCaller hub) =>
        Assert.True((await hub.InvokeAsync("Send", $"{Lobby},\"usable\"")).TryGetProperty("result", out _));
}
