using System.Text;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Transports.WebSockets;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Transports;

[Collection(Heavy.Name)]
public sealed class RawCommandFuzzTests
{
    private const int Frames = 1_000_000;

    private static readonly UserId Sender = UserId.Parse("ann");

    [Fact]
    public void A_million_mutated_frames_are_read_or_refused_with_a_documented_error()
    {
        var mutator = new FrameMutator(seed: 42);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < Frames; i++)
        {
            var frame = mutator.Next();
            try
            {
                Check(Read(frame.Span));
                accepted++;
            }
            catch (ChatException e) when (e.Code == ChatErrorCode.BadRequest && e.ToError().Message.Length > 0)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail(
                    $"frame {i}, {Convert.ToHexString(frame.Span)} = {Encoding.UTF8.GetString(frame.Span)}: {e}");
            }
        }
        // Both roads must have been walked a lot, or the fuzzing means nothing.
        Assert.True(accepted > Frames / 20 && refused > Frames / 20, $"{accepted} accepted, {refused} refused");
    }

    private static MessageEntry Read(ReadOnlySpan<byte> frame)
    {
        var command = RawCommandParser.Parse(frame);
        var draft = MessageDraft.Create(
            Sender, ConversationId.Lobby, command.Message.Body ?? "x", command.Message.ToOptions(), Drafts.Noon);
        return (MessageEntry)draft.ToEntry(new CommitOutcome(CommitStatus.Stored, draft.Id, 1, Drafts.Noon));
    }

    /// <summary>What was let in can be stored by PostgreSQL and written out as JSON again.</summary>
    private static void Check(MessageEntry message)
    {
        foreach (var text in new[] { message.Body, message.AttachmentUrl, message.DedupeKey,
            message.AttachmentMeta?.Text })
            if (text is not null && (text.Contains('\0') || !ChatText.IsWellFormed(text)))
                throw new InvalidOperationException($"let in: {text}");
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        RawDialect.Create(camelCase: false, RawFeatures.Seq).Format.Encode(message, output);
        var payload = output.WrittenSpan[(output.WrittenSpan[1] < 126 ? 2 : 4)..];
        var reader = new System.Text.Json.Utf8JsonReader(payload);
        while (reader.Read()) { }
    }
}
