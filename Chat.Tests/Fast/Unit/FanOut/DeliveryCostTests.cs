using Chat.Server.FanOut;
using Chat.Server.Transports.SignalR;
using Chat.Server.Transports.SignalR.MessagePack;
using Chat.Server.Transports.WebSockets;

namespace Chat.Tests.Unit.FanOut;

/// <summary>What one delivery costs, of raw sockets and of both protocols of the hub: counted, not timed.</summary>
public sealed class DeliveryCostTests
{
    private const int Rounds = 200, Readers = 64;

#if DEBUG
    // Without optimization each asynchronous method that is called makes an object.
    private const int OfAReader = 450; // measured: 424
#else
    private const int OfAReader = 0;
#endif

    public static TheoryData<string> Formats => [.. ByName.Keys];

    private static readonly Dictionary<string, WireFormat> ByName = new()
    {
        ["raw"] = RawDialect.Create(camelCase: false, RawFeatures.Seq).Format,
        ["hub"] = HubFrameFormat.Instance,
        ["hub with MessagePack"] = MessagePackFrameFormat.Instance,
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_further_reader_of_a_message_costs_no_object(string format)
    {
        var (one, all) = (await BytesARoundAsync(1, format), await BytesARoundAsync(Readers, format));
        Assert.True(all - one < Readers * (OfAReader + 1),
            $"{all} bytes are allocated when {Readers} readers are shown a message, {one} with one reader: "
            + "a delivery makes an object");
    }

    /// <summary>What is made once for all readers: the entry's encoding and its block.</summary>
    [Theory]
    [InlineData("raw", 900)] // measured: 690
    [InlineData("hub", 700)] // 530
    [InlineData("hub with MessagePack", 1_900)] // 1,510
    public async Task A_message_is_encoded_once_and_costs_little_more_than_its_frame(string format, int most)
    {
        var limit = most + Readers * OfAReader;
        var bytes = await BytesARoundAsync(Readers, format);
        Assert.True(bytes < limit, $"{bytes} bytes are allocated to show a message, not {limit} at most");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_round_is_one_write_a_reader_however_many_messages_it_has(string format)
    {
        await using var site = await DeliverySite.StartAsync(Readers, ByName[format]);
        foreach (var entries in new[] { 1, 20, 3 })
        {
            var (writes, bytes) = (site.Writes, site.Bytes);
            site.Show(site.Commit(entries));
            Assert.True(site.Writes - writes == Readers,
                $"{site.Writes - writes} writes for {entries} entries to {Readers} readers: a system call each");
            Assert.True(site.Bytes - bytes > 100 * Readers * entries, "the readers got nothing");
        }
    }

    /// <summary>By this thread, which does all of it.</summary>
    private static async Task<long> BytesARoundAsync(int readers, string format)
    {
        await using var site = await DeliverySite.StartAsync(readers, ByName[format]);
        // What is compiled meanwhile, and rings that grow, are in one of the tries only.
        return Enumerable.Range(0, 5).Min(_ =>
        {
            var commits = Enumerable.Range(0, Rounds).Select(_ => site.Commit(1)).ToArray();
            var bytes = 0L;
            foreach (var commit in commits)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                site.Show(commit);
                bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            }
            return bytes / Rounds;
        });
    }
}
