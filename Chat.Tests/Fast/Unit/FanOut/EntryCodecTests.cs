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

    [Fact]
    public void What_is_cut_off_or_of_another_version_is_refused()
    {
        var bytes = EntryCodec.Encode([.. GoldenEntries.All.Take(2)])[1..];
        for (var length = 0; length < bytes.Length; length++) Assert.Throws<InvalidDataException>(() => EntryCodec.Decode(bytes.AsSpan(0, length)));
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
