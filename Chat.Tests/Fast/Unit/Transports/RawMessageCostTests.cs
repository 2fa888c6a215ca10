using System.Text;
using Chat.Contracts.Commands;
using Chat.Server.Transports.WebSockets;

namespace Chat.Tests.Unit.Transports;

/// <summary>What it costs to read a raw socket's message: its text, and nothing else.</summary>
public sealed class RawMessageCostTests
{
    private static readonly byte[] Frame = Encoding.UTF8.GetBytes(
        """
        {"type":"message","conversation_id":"0199d5b4-3f1e-7c00-8000-000000000001","body":"12345678","msg_type":0,
         "attachment_url":null,"attachment_meta":null,"dedupe_key":null}
        """);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_message_that_is_only_a_text_makes_no_object_but_that(bool hasFeatures)
    {
        var features = hasFeatures ? RawFeatures.Threads | RawFeatures.Views | RawFeatures.Reactions : RawFeatures.None;
        var options = new List<SendOptions>();
        options.Add(RawCommandParser.Parse(Frame, features).Message.ToOptions());
        Read(features, 100);
        var text = Allocations.BytesOf(() => GC.KeepAlive(Encoding.UTF8.GetString("12345678"u8)));
        Assert.Equal(text, Allocations.BytesOf(() => Read(features, 1)));
        options.Add(RawCommandParser.Parse(Frame, features).Message.ToOptions());
        Assert.Same(options[0], options[1]);
    }

    private static void Read(RawFeatures features, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var command = RawCommandParser.Parse(Frame, features);
            GC.KeepAlive(command.Threads.AddTo(command.Message.ToOptions()));
        }
    }
}
