using System.Text;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Transports;

/// <summary>Whatever a raw socket sends is answered as documented, and the socket stays usable unless the WebSocket
/// protocol itself is broken.</summary>
public abstract class RawSocketBadInputSpec(ServerFixture fixture)
{
    private static readonly string Lobby = ConversationId.Lobby.ToString();

    internal abstract DatabaseKind Kind { get; }

    [SpecFact]
    public async Task Every_bad_field_is_refused_by_name_and_the_socket_stays_usable()
    {
        await using var raw = await JoinedAsync();
        foreach (var (field, value, named) in BadInput.MessageFields)
        {
            var body = field == "body" ? "" : "\"body\":\"x\",";
            await RefusedAsync(raw,
                $$"""{"type":"message","conversation_id":"{{Lobby}}",{{body}}"{{field}}":{{value}}}""", "bad_request",
                named);
        }
        await UsableAsync(raw);
    }

    [SpecFact]
    public async Task Every_bad_frame_is_refused_and_the_socket_stays_usable()
    {
        await using var raw = await JoinedAsync();
        (string Frame, string Code, string Named)[] table =
        [
            ("", "bad_request", "JSON object"),
            ("nonsense", "bad_request", "JSON object"),
            ("5", "bad_request", "JSON object"),
            ("[]", "bad_request", "JSON object"),
            ("null", "bad_request", "JSON object"),
            ("{}", "bad_request", "type"),
            ("{} {}", "bad_request", "JSON object"),
            ("{\"type\":5}", "bad_request", "type"),
            ("{\"type\":null}", "bad_request", "type"),
            ("{\"type\":\"shout\"}", "unsupported_type", "type"),
            ($$"""{"type":"typing","conversation_id":"{{Lobby}}"}""", "unsupported_type", "join, leave or message"),
            ($$"""{"type":"read","conversation_id":"{{Lobby}}","seq":1}""", "unsupported_type",
                "join, leave or message"),
            ("{\"type\":\"JOIN\"}", "unsupported_type", "type"),
            ("{\"type\":\"join\"}", "bad_request", "conversation_id"),
            ("{\"type\":\"join\",\"conversation_id\":\"\"}", "bad_request", "conversation_id"),
            ("{\"type\":\"join\",\"conversation_id\":\"lobby\"}", "bad_request", "conversation_id"),
            ("{\"type\":\"join\",\"conversation_id\":7}", "bad_request", "conversation_id"),
            ("{\"type\":\"leave\"}", "bad_request", "conversation_id"),
            ("{\"type\":\"message\",\"body\":\"x\"}", "bad_request", "conversation_id"),
            ($$"""{"type":"message","conversation_id":"{{ConversationId.New(Drafts.Noon)}}","body":"x"}""",
                "bad_request", "conversation_id"),
            ($$"""{"type":"join","conversation_id":"{{Lobby}}","after_seq":-1}""", "bad_request", "after_seq"),
            ($$"""{"type":"join","conversation_id":"{{Lobby}}","after_seq":"1"}""", "bad_request", "after_seq"),
            ($$"""{"type":"join","conversation_id":"{{Lobby}}","after_seq":1.5}""", "bad_request", "after_seq"),
            ($$"""{"type":"join","conversation_id":"{{Lobby}}","after_seq":9223372036854775807}""", "bad_request",
                "after_seq"),
            ($$"""{"type":"join","conversation_id":"{{Lobby}}","after_seq":9223372036854775808}""", "bad_request",
                "after_seq"),
            ($$"""{"type":"message","conversation_id":"{{Lobby}}","body":"x","attachment_meta":{{new string('[',
                40)}}{{new string(']', 40)}}}""", "bad_request", "levels"),
            (new string('[', 100_000), "bad_request", "JSON object"),
            ("{\"\\ud800\":1}", "bad_request", "Unicode"),
        ];
        foreach (var (frame, code, named) in table) await RefusedAsync(raw, frame, code, named);
        await UsableAsync(raw);
    }

    // CH-31
    [SpecFact]
    public async Task Every_bad_frame_of_the_features_is_refused_and_the_socket_stays_usable()
    {
        await using var raw = await JoinedAsync("typing,receipts");
        (string Frame, string Code, string Named)[] table =
        [
            ("{}", "bad_request", "join, typing, read, leave or message"),
            ("{\"type\":\"shout\"}", "unsupported_type", "join, typing, read, leave or message"),
            ("{\"type\":\"typing\"}", "bad_request", "conversation_id is required"),
            ("{\"type\":\"read\",\"seq\":1}", "bad_request", "conversation_id is required"),
            ($$"""{"type":"typing","conversation_id":"{{ConversationId.New(Drafts.Noon)}}"}""", "bad_request",
                "joined"),
            ($$"""{"type":"read","conversation_id":"{{ConversationId.New(Drafts.Noon)}}","seq":1}""", "bad_request",
                "joined"),
            ($$"""{"type":"typing","conversation_id":"{{Lobby}}","typing":"yes"}""", "bad_request",
                "typing must be true or false"),
            ($$"""{"type":"typing","conversation_id":"{{Lobby}}","typing":1}""", "bad_request",
                "typing must be true or false"),
            ($$"""{"type":"read","conversation_id":"{{Lobby}}"}""", "bad_request", "seq must be"),
            ($$"""{"type":"read","conversation_id":"{{Lobby}}","seq":null}""", "bad_request", "seq must be"),
            ($$"""{"type":"read","conversation_id":"{{Lobby}}","seq":-1}""", "bad_request", "seq must be"),
            ($$"""{"type":"read","conversation_id":"{{Lobby}}","seq":1.5}""", "bad_request", "seq must be"),
            ($$"""{"type":"read","conversation_id":"{{Lobby}}","seq":"1"}""", "bad_request", "seq must be"),
        ];
        foreach (var (frame, code, named) in table) await RefusedAsync(raw, frame, code, named);
        await UsableAsync(raw);
    }

    [SpecFact]
    public async Task Tens_of_thousands_of_mutated_frames_get_documented_answers_only()
    {
        await using var raw = await JoinedAsync();
        var mutator = new FrameMutator(seed: 5);
        const int frames = 20_000;
        var end = ConversationId.New(Drafts.Noon);
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < frames; i++)
            {
                var frame = mutator.Next();
                // A text message that is no UTF-8 ends the socket by the protocol's own rule; that has a test of its
                // own.
                if (System.Text.Unicode.Utf8.IsValid(frame.Span)) await raw.SendAsync(frame);
            }
            await raw.SendAsync($$"""{"type":"leave","conversation_id":"{{end}}"}""");
        });
        string[] documented = ["bad_request", "unsupported_type", "forbidden"];
        while (true)
        {
            var frame = await raw.NextAsync();
            var type = frame.GetProperty("type").GetString();
            if (type == "left" && frame.GetProperty("conversation_id").GetString() == end.ToString()) break;
            if (type != "error")
            {
                Assert.Contains(type, (string[])["joined", "left", "message"]);
                continue;
            }
            Assert.Equal(["type", "code", "error"], frame.EnumerateObject().Select(p => p.Name));
            Assert.Contains(frame.GetProperty("code").GetString(), documented);
        }
        await sending;
        await raw.JoinAsync(ConversationId.Lobby);
        await UsableAsync(raw);
    }

    // CH-36
    [SpecFact]
    public async Task A_message_over_1_MiB_closes_with_1009_and_one_of_just_that_size_does_not()
    {
        await using var raw = await JoinedAsync();
        await raw.SendAsync(
            Encoding.UTF8.GetBytes("{\"type\":\"x\"" + new string(' ', ChatLimits.FrameBytes - 12) + "}"));
        Assert.Equal("unsupported_type", (await raw.UntilErrorAsync()).GetProperty("code").GetString());
        await raw.SendAsync(new byte[ChatLimits.FrameBytes + 1]);
        Assert.Equal(1009, await raw.Ended.WaitAsync(Bounds.Wait));
    }

    // CH-36
    [SpecFact]
    public async Task Text_that_is_not_UTF_8_closes_with_1007()
    {
        await using var raw = await JoinedAsync();
        await raw.SendAsync(new byte[] { (byte)'{', 0xff, 0xfe, (byte)'}' });
        Assert.Equal(1007, await raw.Ended.WaitAsync(Bounds.Wait));
    }

    private async Task<RawClient> JoinedAsync(string features = "")
    {
        var server = await fixture.StartAsync(Kind);
        var raw = await server.ConnectRawAsync(TransportSpec.Unique("bad"), features);
        await raw.JoinAsync(ConversationId.Lobby);
        return raw;
    }

    private static async Task RefusedAsync(RawClient raw, string frame, string code, string named)
    {
        await raw.SendAsync(frame);
        var error = await raw.UntilErrorAsync();
        var shown = frame.Length > 200 ? frame[..200] : frame;
        Assert.True(error.GetProperty("code").GetString() == code, $"{shown}: {error}");
        Assert.True(error.GetProperty("error").GetString()!.Contains(named, StringComparison.Ordinal),
            $"{shown}: {error}");
    }

    private static async Task UsableAsync(RawClient raw)
    {
        var body = TransportSpec.Unique("usable");
        await raw.MessageAsync(ConversationId.Lobby, body);
        while ((await raw.UntilAsync("message")).GetProperty("message").GetProperty("body").GetString() != body) { }
    }
}

public sealed class SqliteRawSocketBadInputTests(ServerFixture fixture)
    : RawSocketBadInputSpec(fixture), IClassFixture<ServerFixture>
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresRawSocketBadInputTests(ServerFixture fixture)
    : RawSocketBadInputSpec(fixture), IClassFixture<ServerFixture>
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
