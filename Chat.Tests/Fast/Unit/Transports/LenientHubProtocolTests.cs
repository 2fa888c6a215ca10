using System.Buffers;
using System.Text;
using Chat.Server.Transports.SignalR;
using Chat.Server.Transports.SignalR.MessagePack;
using Chat.Tests.Fixtures;
using FluentAssertions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.Unit.Transports;

/// <summary>How the messages of a hub connection are taken out of the bytes that came.</summary>
public sealed class LenientHubProtocolTests
{
    private static readonly IHubProtocol Json =
        new WatchedHubProtocol(new LenientHubProtocol("json", () => new JsonHubProtocol(), JsonArguments.Count));

    private static readonly IHubProtocol Packed =
        new WatchedHubProtocol(
            new LenientHubProtocol("messagepack", () => MessagePackHub.Protocol, MessagePackArguments.Count));

    /// <summary>SignalR keeps the bytes that it was given no message for, and hands them over again: so each gives
    /// one.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Each_message_of_an_unknown_type_is_read_as_a_ping_and_what_follows_at_once(int unknown)
    {
        var future = Encoding.UTF8.GetBytes("{\"type\":80,\"invocationId\":\"1\"}\u001e");
        var close = Encoding.UTF8.GetBytes("{\"type\":7}\u001e");
        AreSkipped(Json, future, unknown, close);

        future = HubMessages.WithLength([0x93, 80, 0x80, 0xa1, (byte)'1']);
        close = HubMessages.WithLength([0x92, 7, 0xc0]);
        AreSkipped(Packed, future, unknown, close);
    }

    [Fact]
    public void An_unfinished_message_waits_for_its_rest()
    {
        Read(Json, Encoding.UTF8.GetBytes("{\"type\":6}\u001e{\"type\":")).Should().ContainSingle();
        Read(Packed, [.. HubMessages.WithLength([0x91, 6]), 2, 0x91]).Should().ContainSingle();
    }

    /// <summary>A stock client stays away after a Close that does not ask it back, even where one that does came
    /// first.</summary>
    [Theory]
    [InlineData(null, true)]
    [InlineData("token_expired: renew it", true)]
    [InlineData("forbidden", false)]
    public void The_first_close_is_the_last(string? text, bool allowReconnect)
    {
        foreach (var stock in new IHubProtocol[] { new JsonHubProtocol(), MessagePackHub.Protocol })
        {
            var ours = new CloseMessage(text, allowReconnect);
            var protocol = new WatchedHubProtocol(stock);
            var output = new ArrayBufferWriter<byte>();
            output.Write(new SerializedHubMessage(ours).GetSerializedMessage(protocol).Span);
            protocol.WriteMessage(CloseMessage.Empty, output);
            protocol.WriteMessage(new CloseMessage("Connection closed with an error.", false), output);
            output.WrittenSpan.ToArray().Should().Equal(stock.GetMessageBytes(ours).ToArray());
        }
    }

    [Fact]
    public void A_connection_that_is_only_cut_may_come_back()
    {
        var protocol = new WatchedHubProtocol(new JsonHubProtocol());
        var written = Encoding.UTF8.GetString(protocol.GetMessageBytes(CloseMessage.Empty).Span);
        written.Should().Be("{\"type\":7,\"allowReconnect\":true}\u001e");
    }

    private static void AreSkipped(IHubProtocol protocol, byte[] future, int times, byte[] close)
    {
        byte[] futures = [.. Enumerable.Repeat(future, times).SelectMany(bytes => bytes)];
        var read = Read(protocol, [.. futures, .. close, .. futures]);
        read.Should().HaveCount(2 * times + 1);
        read[times].Should().BeOfType<CloseMessage>();
        read.RemoveAt(times);
        read.Should().AllBeOfType<PingMessage>();
    }

    private static List<HubMessage> Read(IHubProtocol protocol, byte[] bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        var messages = new List<HubMessage>();
        while (protocol.TryParseMessage(ref input, new NoMethods(), out var message)) messages.Add(message);
        return messages;
    }

    private sealed class NoMethods : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => throw new NotSupportedException();

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => throw new NotSupportedException();

        public Type GetStreamItemType(string streamId) => throw new NotSupportedException();
    }
}
