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
        new WatchedHubProtocol(new LenientHubProtocol(new JsonHubProtocol(), JsonArguments.Count));

    private static readonly IHubProtocol Packed =
        new WatchedHubProtocol(new LenientHubProtocol(MessagePackHub.Protocol, MessagePackArguments.Count));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Messages_of_an_unknown_type_are_skipped_and_what_follows_is_read_at_once(int unknown)
    {
        var ping = Encoding.UTF8.GetBytes("{\"type\":6}\u001e");
        var future = Encoding.UTF8.GetBytes("{\"type\":80,\"invocationId\":\"1\"}\u001e");
        Read(Json, [.. Enumerable.Repeat(future, unknown).SelectMany(bytes => bytes), .. ping, .. ping])
            .Should().AllBeOfType<PingMessage>().And.HaveCount(2);

        ping = HubMessages.WithLength([0x91, 6]);
        future = HubMessages.WithLength([0x93, 80, 0x80, 0xa1, (byte)'1']);
        Read(Packed, [.. Enumerable.Repeat(future, unknown).SelectMany(bytes => bytes), .. ping, .. ping])
            .Should().AllBeOfType<PingMessage>().And.HaveCount(2);
    }

    [Fact]
    public void An_unfinished_message_waits_for_its_rest()
    {
        Read(Json, Encoding.UTF8.GetBytes("{\"type\":6}\u001e{\"type\":")).Should().ContainSingle();
        Read(Packed, [.. HubMessages.WithLength([0x91, 6]), 2, 0x91]).Should().ContainSingle();
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
