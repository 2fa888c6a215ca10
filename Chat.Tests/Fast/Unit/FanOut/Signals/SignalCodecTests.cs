using System.Text;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Signals;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.FanOut.Signals;

public sealed class SignalCodecTests
{
    private static readonly ConversationId Here = ConversationId.New(Drafts.Noon);
    private static readonly UserId Zoë = UserId.Parse("zoë \"z\"");

    [Fact]
    public void Every_kind_comes_back_as_it_went()
    {
        Signal[] signals =
        [
            new TypingSignal(Here, Zoë, true), new TypingSignal(Here, Zoë, false),
            new ReadSignal(Here, Zoë, long.MaxValue),
            new PresenceSignal(Here, Zoë, true, null), new PresenceSignal(Here, Zoë, false, Drafts.Noon),
        ];
        foreach (var signal in signals)
        {
            var message = SignalCodec.Encode(signal);
            Assert.Equal(0, message[0]);
            Assert.Equal(signal, SignalCodec.Decode(message.AsSpan(1)));
        }
    }

    [Fact]
    public void Newer_kinds_and_newer_keys_are_passed_over()
    {
        Assert.Null(SignalCodec.Decode(Encoding.UTF8.GetBytes($$"""{"k":64,"c":"{{Here}}","u":"ann","x":1}""")));
        Assert.Equal(
            new TypingSignal(Here, UserId.Parse("ann"), true),
            SignalCodec.Decode(
                Encoding.UTF8.GetBytes($$"""{"k":1,"new":{"a":[1]},"c":"{{Here}}","u":"ann","f":true}""")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"k\":1")]
    [InlineData("{\"k\":1,\"u\":\"ann\",\"c\":\"here\"}")]
    [InlineData("{\"k\":1,\"u\":\"\"}")]
    [InlineData("{\"k\":1}")]
    [InlineData("{\"k\":\"typing\",\"u\":\"ann\"}")]
    [InlineData("{\"k\":2,\"u\":\"ann\",\"s\":1e99}")]
    public void Malformed_input_is_called_malformed(string message) =>
        Assert.Throws<InvalidDataException>(() => SignalCodec.Decode(Encoding.UTF8.GetBytes(message)));
}
