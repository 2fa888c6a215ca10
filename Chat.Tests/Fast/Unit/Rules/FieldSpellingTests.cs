using System.Text;
using Chat.Contracts.Commands;
using Chat.Contracts.Rules;
using Chat.Server.Core;
using Chat.Server.Transports;
using Chat.Server.Transports.WebSockets;

namespace Chat.Tests.Unit.Rules;

/// <summary>A refusal names the field as the transport spells it (CH-6).</summary>
public sealed class FieldSpellingTests
{
    [Fact]
    public void Each_transport_spells_a_field_its_way()
    {
        var refusal = new ChatException(
            MessageRules.Check("x", new SendOptions { DedupeKey = new string('k', 65) }, out _)!);
        Assert.Equal(ChatField.DedupeKey, refusal.Violation?.Field);
        const string rest = "must have at most 64 characters (Unicode code points)";
        Assert.Equal($"bad_request: dedupeKey {rest}", refusal.ToError().ToHubText());
        Assert.Equal($"dedupe_key {rest}", refusal.ToError(JsonNames.Snake.Spell).Message);
        Assert.Equal($"dedupeKey {rest}", refusal.ToError(JsonNames.Camel.Spell).Message);
    }

    [Fact]
    public void Positions_have_the_names_that_the_frames_have()
    {
        Assert.Equal("afterSequence must be a whole number, 0 or more", PageRules.AfterSequence.Check(-1)!.ToText());
        Assert.Equal("after_seq must be a whole number, 0 or more",
            PageRules.AfterSequence.Check(-1)!.ToText(JsonNames.Snake.Spell));
        Assert.Equal("afterSeq must be a whole number, 0 or more",
            PageRules.AfterSequence.Check(-1)!.ToText(JsonNames.Camel.Spell));
        Assert.Equal("seq must be a whole number, 0 or more",
            PageRules.Sequence.Check(-1)!.ToText(JsonNames.Snake.Spell));
        Assert.Equal("give before_seq or after_seq, not both",
            PageRules.CheckPositions(1, 1)!.ToText(JsonNames.Snake.Spell));
        Assert.Equal("give before or after, not both", PageRules.CheckPositions(1, 1)!.ToText());
    }

    [Theory]
    [InlineData("""{"type":"message","dedupe_key":7}""", "dedupe_key", "dedupeKey")]
    [InlineData("""{"type":"message","attachmentUrl":7}""", "attachment_url", "attachmentUrl")]
    [InlineData("""{"type":"join","conversationId":7}""", "conversation_id", "conversationId")]
    [InlineData("""{"type":"join","after_seq":"1"}""", "after_seq", "afterSeq")]
    [InlineData("""{"type":"message","msg_type":"1"}""", "msg_type", "msgType")]
    public void A_raw_frame_of_the_wrong_shape_is_refused_in_the_dialect_of_the_socket(
        string frame, string snake, string camel)
    {
        var refusal = Assert.Throws<ChatException>(() => RawCommandParser.Parse(Encoding.UTF8.GetBytes(frame)));
        Assert.StartsWith($"{snake} must be ", refusal.ToError(JsonNames.Snake.Spell).Message,
            StringComparison.Ordinal);
        Assert.StartsWith($"{camel} must be ", refusal.ToError(JsonNames.Camel.Spell).Message,
            StringComparison.Ordinal);
    }
}
