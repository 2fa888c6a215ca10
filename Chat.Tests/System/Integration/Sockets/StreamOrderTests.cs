using Chat.Server.Transports.Framing;
using Microsoft.Extensions.Logging;
using static Chat.Tests.Integration.Sockets.NumberedFrames;

namespace Chat.Tests.Integration.Sockets;

/// <summary>Random writers and readers, ends and cuts: bytes of one connection never overtake each other.</summary>
public sealed class StreamOrderTests : IAsyncLifetime
{
    private SharedStreamSite _site = null!;

    public async Task InitializeAsync() => _site = await SharedStreamSite.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task What_arrives_is_what_was_written_in_its_order()
    {
        foreach (var seed in Seeds.Of(24))
        {
            try
            {
                await PlayAsync(new Random(seed));
            }
            catch (Exception e)
            {
                Assert.Fail($"{Seeds.Name}={seed}: {e}");
            }
        }
        Assert.DoesNotContain(_site.Logs.All, log => log.Level >= LogLevel.Error);
    }

    private async Task PlayAsync(Random random)
    {
        using var peer = await SlowPeer.ConnectAsync(_site.Address, new Random(random.Next()));
        var visit = await _site.NextAsync();
        var stream = visit.Stream;
        var ready = false;
        peer.Hold = () => stream.StuckFor == TimeSpan.Zero && !Volatile.Read(ref ready);
        var isCut = random.Next(3) == 0;
        var (frames, answers) = (0, 0);
        var (forBlocks, forFramework) = (new Random(random.Next()), new Random(random.Next()));
        var writing = Task.WhenAll(
            WriteAsync(30, isCut, async () =>
            {
                var many = 1 + forBlocks.Next(8);
                var block = Enumerable.Range(frames, many).SelectMany(number => Make(
                    Text, Blocks, number, forBlocks.Next(forBlocks.Next(2) == 0 ? 300 : 60_000)));
                frames += many;
                await stream.WriteBlockAsync(block.ToArray());
            }),
            WriteAsync(60, isCut, async () =>
            {
                await stream.WriteFramesAsync(Make(Text, Answers, answers++, 80));
                await Task.Yield();
            }),
            WriteAsync(20, isCut, () => WriteAsFrameworkAsync(stream, forFramework)));
        if (isCut)
        {
            var after = random.Next(500_000);
            await Eventually.HoldsAsync(
                () => peer.Count > after || writing.IsCompleted || stream.StuckFor > TimeSpan.Zero);
            visit.Abort();
            Volatile.Write(ref ready, true);
            await writing.WaitAsync(Bounds.Wait);
        }
        else
        {
            await writing.WaitAsync(Bounds.Wait);
            Volatile.Write(ref ready, true);
            await visit.UntilDirectAsync(answers); // what had to wait is through
            await stream.WriteAsync(Make(Close, Framework, int.MaxValue, 10));
            await Assert.ThrowsAsync<IOException>(() => stream.WriteFramesAsync(new byte[1]).AsTask());
        }
        visit.End();
        await peer.Reading.WaitAsync(Bounds.Wait);
        if (peer.HasStream)
        {
            var seen = Check(peer.TakeStream(), whole: !isCut);
            if (!isCut) Assert.Equal(frames, seen[Blocks]);
        }
        else
        {
            Assert.True(isCut);
        }
    }

    private static async Task WriteAsync(int times, bool isCut, Func<Task> write)
    {
        try
        {
            for (var i = 0; i < times; i++) await Task.Run(write);
        }
        catch (Exception e) when (isCut && e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // NOTE: what a write to a connection that was cut may end with.
        }
    }

    /// <summary>A Ping, a message, or one in two fragments with a Ping between them.</summary>
    private static async Task WriteAsFrameworkAsync(SharedWriteStream stream, Random random)
    {
        byte[] kinds = random.Next(3) switch
        {
            0 => [Ping],
            1 => [Text],
            _ => [FirstFragment, Ping, LastFragment],
        };
        foreach (var kind in kinds)
            await stream.WriteAsync(Make(kind, Framework, 0, random.Next(5_000)));
    }
}
