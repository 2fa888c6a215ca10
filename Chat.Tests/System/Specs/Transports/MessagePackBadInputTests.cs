using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using Chat.Contracts.Errors;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using CsCheck;
using MessagePack;

namespace Chat.Tests.Specs.Transports;

/// <summary>The same in MessagePack, and what only MessagePack can say.</summary>
public sealed class MessagePackBadInputTests(ServerFixture fixture) : HubBadInputSpec, IClassFixture<ServerFixture>
{
    private delegate void Writing(ref MessagePackWriter writer);

    private readonly string _user = TransportSpec.Unique("packed");

    internal override async Task<IHubCaller> CallerAsync() => await ConnectAsync();

    [Fact]
    public async Task Values_that_JSON_does_not_have_are_refused_and_the_connection_stays_usable()
    {
        await using var hub = await ConnectAsync();
        Writing[] values =
        [
            (ref writer) => writer.Write(new byte[] { 1, 2, 3 }),
            (ref writer) => writer.Write(new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
            (ref writer) => writer.Write(double.NaN),
            (ref writer) => { writer.WriteMapHeader(1); writer.Write(1); writer.Write(2); },
            (ref writer) =>
            {
                for (var depth = 0; depth < 500; depth++) writer.WriteArrayHeader(1);
                writer.WriteNil();
            },
        ];
        foreach (var value in values)
        {
            await hub.SendAsync(Send(value));
            var completion = HubMessages.Read(await hub.NextAsync());
            Assert.Equal((3, 1), (completion[0].GetInt32(), completion[3].GetInt32()));
            Assert.Equal(ChatErrorCode.BadRequest, ChatError.FromHubText(completion[4].GetString()!)!.Code);
        }
        await UsableAsync(hub);
    }

    [Fact]
    public async Task Hundreds_of_mutated_calls_never_break_the_server()
    {
        var source = HubMessages.Invocation(
            "x", "Send", Lobby + ",\"hi\",{\"msgType\":0,\"attachmentMeta\":{\"a\":[1]}}");
        var mutations = Gen.Select(Gen.Int[0, source.Length - 1], Gen.Byte).Array[1, 3];
        var frames = new ConcurrentQueue<byte[]>();
        mutations.Sample(
            changes =>
            {
                var frame = source.ToArray();
                foreach (var (at, value) in changes) frame[at] = value;
                frames.Enqueue(frame);
            },
            iter: 1_000);

        var hub = await ConnectAsync();
        foreach (var frame in frames)
        {
            try
            {
                await hub.SendAsync(frame);
                await hub.SendAsync(HubMessages.Invocation("ping", "Leave", Lobby));
                await AnsweredAsync(hub, frame);
            }
            catch (WebSocketException)
            {
                await hub.DisposeAsync(); // a message that is none ends a SignalR connection: that is its protocol
                hub = await ConnectAsync();
            }
        }
        await UsableAsync(hub);
        await hub.DisposeAsync();
    }

    /// <summary>Two pings of the server without the answer mean that there will be none.</summary>
    private static async Task AnsweredAsync(HubBinaryClient hub, byte[] frame)
    {
        for (var pings = 0; pings < 2;)
        {
            var message = await hub.NextAsync();
            if (HubMessages.IsCompletion(message, "ping")) return;
            if (message is [0x91, 6]) pings++;
        }
        Assert.Fail($"not answered after {Convert.ToHexString(frame)}");
    }

    private static ReadOnlyMemory<byte> Send(Writing body)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.WriteArrayHeader(5);
        writer.Write(1);
        writer.WriteMapHeader(0);
        writer.Write("1");
        writer.Write("Send");
        writer.WriteArrayHeader(2);
        writer.Write("00000000-0000-0000-0000-000000000001");
        body(ref writer);
        writer.Flush();
        return output.WrittenMemory;
    }

    private async Task<HubBinaryClient> ConnectAsync() =>
        await HubBinaryClient.ConnectAsync((await fixture.StartAsync(DatabaseKind.Sqlite)).Url, _user);
}
