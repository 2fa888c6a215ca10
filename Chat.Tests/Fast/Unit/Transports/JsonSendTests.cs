using System.Buffers;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Transports.SignalR;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Unit.Transports;

/// <summary>Calls of <c>Send</c> are read at one go, as SignalR's protocol would have read them.</summary>
public sealed class JsonSendTests
{
    private const int Messages = 200_000;

    private const string Id = "\"00000000-0000-0000-0000-000000000001\"";

    private static readonly string[] Calls =
    [
        $$"""{"type":1,"invocationId":"1","target":"Send","arguments":[{{Id}},"hi"]}""",
        $$"""{"arguments":[{{Id}},"a\u00e9 \ud83d\ude00",{"dedupeKey":"k","msgType":1}],"invocationId":"7","""
            + """ "target":"Send","type":1}""",
        $$"""{"type":1,"target":"Send","arguments":[{{Id}},null,{"attachmentUrl":"u","attachmentMeta":{"a":[1]},"""
            + """ "mentions":{"users":["bob"]}}]}""",
        $$"""{"type":1,"invocationId":"1","target":"Send","arguments":[{{Id}},"hi",null]}""",
        $$"""{"type":1,"headers":{},"invocationId":"1","target":"send","arguments":[{{Id}},"Send"],"streamIds":[]}""",
    ];

    private static readonly JsonHubProtocolOptions Options = Made();

    private static readonly JsonSend Fast = new(Options.PayloadSerializerOptions);

    private static readonly LenientHubProtocol Stock = new("json",
        () => new JsonHubProtocol(new OptionsWrapper<JsonHubProtocolOptions>(Options)), JsonArguments.Count);

    [Fact]
    public void What_clients_write_is_read_at_one_go()
    {
        foreach (var call in Calls[..4]) Assert.True(IsSame(Encoding.UTF8.GetBytes(call + "\u001e{")));
        Assert.False(IsSame(Encoding.UTF8.GetBytes(Calls[4] + "\u001e")));
        Assert.False(IsSame(Encoding.UTF8.GetBytes(Calls[0]))); // its end has not come
    }

    [Fact]
    public void Whatever_comes_it_is_read_as_by_SignalR_or_left_to_it()
    {
        var mutator = new FrameMutator(seed: 7, Calls);
        var read = 0;
        for (var i = 0; i < Messages; i++)
            if (IsSame([.. mutator.Next().Span, 0x1e])) read++;
        Assert.InRange(read, Messages / 20, Messages);
    }

    /// <returns>False: it was left to SignalR's protocol.</returns>
    private static bool IsSame(byte[] bytes)
    {
        var (input, rest) = (new ReadOnlySequence<byte>(bytes), new ReadOnlySequence<byte>(bytes));
        if (!Fast.TryRead(ref input, out var message))
        {
            Assert.Equal(bytes.Length, input.Length);
            return false;
        }
        var text = Encoding.UTF8.GetString(bytes);
        Assert.True(Stock.TryParseMessage(ref rest, new HubTypes(), out var expected), text);
        Assert.Equal(rest.Length, input.Length);
        Assert.True(TextOf(message) == TextOf(expected), text);
        return true;
    }

    private static string TextOf(HubMessage message)
    {
        var call = Assert.IsType<InvocationMessage>(message);
        return JsonSerializer.Serialize(new
        {
            call.InvocationId, call.Target, call.Headers, call.StreamIds,
            Conversation = (ConversationId)call.Arguments[0]!, Body = (string?)call.Arguments[1],
            Options = (SendOptions?)call.Arguments[2], call.Arguments.Length,
        }, Options.PayloadSerializerOptions);
    }

    private static JsonHubProtocolOptions Made()
    {
        var options = new JsonHubProtocolOptions();
        HubJson.Apply(options.PayloadSerializerOptions);
        options.PayloadSerializerOptions.TypeInfoResolverChain.Add(
            new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver());
        return options;
    }

    private sealed class HubTypes : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => throw new NotSupportedException();

        public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
            methodName.Equals("Send", StringComparison.OrdinalIgnoreCase)
                ? [typeof(ConversationId), typeof(string), typeof(SendOptions)]
                : throw new HubException();

        public Type GetStreamItemType(string streamId) => throw new NotSupportedException();
    }
}
