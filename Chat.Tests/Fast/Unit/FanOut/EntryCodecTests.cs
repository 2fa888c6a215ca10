using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane;
using Chat.Tests.Unit.Transports;
using CsCheck;

namespace Chat.Tests.Unit.FanOut;

public sealed class EntryCodecTests
{
    [Fact]
    public void Every_kind_of_entry_comes_out_as_it_went_in()
    {
        var conversation = GoldenEntries.All[0].ConversationId;
        var entries = GoldenEntries.All.Select(entry => entry with { ConversationId = conversation }).ToList();
        Assert.Equal(Enum.GetValues<EntryKind>().Order(), entries.Select(entry => entry.Kind).Distinct().Order());

        var read = EntryCodec.Decode(EntryCodec.Encode(entries).AsSpan(1));

        Assert.Equal(entries.Select(Text), read.Select(Text));
    }

    /// <summary>Instances of this version and of the last are one chat while they are replaced.</summary>
    [Fact]
    public void A_message_is_the_same_bytes_as_ever()
    {
        var message = new MessageEntry
        {
            Id = new MessageId(new Guid("019a0000-0000-7000-8000-000000000002")),
            ConversationId = new ConversationId(new Guid("019a0000-0000-7000-8000-000000000001")),
            Sequence = 7, SenderId = UserId.Parse("ann"), CreatedAt = DateTimeOffset.UnixEpoch, Body = "hi",
                MsgType = MessageType.Image,
            AttachmentUrl = "u", AttachmentMeta = new Chat.Contracts.Json.RawJson("1"), DedupeKey = "k",
        };

        Assert.Equal(
            "00" + "01" + "00009A0100000070" + "8000000000000001" + "01000000"
            + "00" + "0700000000000000" + "00009A0100000070" + "8000000000000002" + "0080B5F7F57F9F08"
            + "03000000616E6E" + "020000006869" + "01" + "0100000075" + "0100000031" + "010000006B",
            Convert.ToHexString(EntryCodec.Encode([message])));
    }

    [Fact]
    public void Truncated_frames_and_frames_of_another_version_are_refused()
    {
        var bytes = EntryCodec.Encode([.. GoldenEntries.All.Take(2)])[1..];
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => EntryCodec.Decode(bytes.AsSpan(0, length)));
        bytes[0]++;
        Assert.Throws<InvalidDataException>(() => EntryCodec.Decode(bytes));
    }

    [Fact]
    public void Garbage_is_never_more_than_refused()
    {
        var good = EntryCodec.Encode([.. GoldenEntries.All])[1..];
        var changes = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Array[1, 5];
        changes.Sample(changed =>
        {
            var bytes = good.ToArray();
            foreach (var (at, value) in changed) bytes[at] = value;
            try
            {
                return EntryCodec.Decode(bytes) is not null;
            }
            catch (InvalidDataException)
            {
                return true; // that is the one way to refuse
            }
        }, iter: 5_000);
    }

    // Records with lists compare by reference: compare what they say.
    private static string Text(ConversationEntry entry) =>
        System.Text.Json.JsonSerializer.Serialize(entry, Chat.Contracts.Json.ChatJsonContext.Default.ConversationEntry);
}
