using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using Chat.Server.Transports.Framing;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Transports;

/// <summary>What a socket of ours hears and answers is what the framework's would.</summary>
public sealed class PipeSocketTests
{
    private const int Scripts = 2_000;

    private static readonly byte[] PingWithX = [0x89, 0x81, 0, 0, 0, 0, (byte)'x'];

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
    private readonly WrittenStream _written = new();
    private readonly SharedWriteStream _stream;
    private readonly PipeSocket _socket;

    public PipeSocketTests()
    {
        _stream = new SharedWriteStream(_written, TimeProvider.System);
        _socket = new PipeSocket(_pipe.Reader, _stream);
    }

    [Fact]
    public async Task It_hears_and_answers_what_the_frameworks_socket_does_however_the_bytes_are_cut()
    {
        var (closes, faults, ends) = (0, 0, 0);
        foreach (var seed in Seeds.Of(Scripts))
        {
            var script = new FrameScript(new Random(seed)).Make();
            var expected = await OfFrameworkAsync(script, new Random(seed));
            for (var cuts = 0; cuts < 3; cuts++)
            {
                var heard = await OfOursAsync(script, new Random(seed + cuts));
                Assert.True(heard == expected,
                    $"{Seeds.Name}={seed}, cut {cuts}: {Convert.ToHexString(script)}\n{heard}\nexpected\n{expected}");
            }
            if (expected.Contains("closed", StringComparison.Ordinal)) closes++;
            if (expected.Contains(nameof(WebSocketError.Faulted), StringComparison.Ordinal)) faults++;
            if (expected.Contains(nameof(WebSocketError.ConnectionClosedPrematurely), StringComparison.Ordinal))
                ends++;
        }
        Assert.True(Math.Min(Math.Min(closes, faults), ends) > 0 || Seeds.Of(Scripts).Distinct().Count() == 1,
            $"{closes} closed, {faults} refused, {ends} broke off");
    }

    // RFC 6455, 5.1: the framework's lets it pass
    [Fact]
    public async Task A_frame_without_a_mask_is_refused_with_1002()
    {
        await Refused([0x81, 1, (byte)'x']);
        Assert.Equal([(byte[])[0x88, 2, 3, 0xea]], _written.Writes);
        Assert.Equal(WebSocketState.Aborted, _socket.State);
    }

    [Fact]
    public async Task What_has_come_of_a_frame_is_not_held_in_the_pipe()
    {
        var hearing = _socket.ReceiveAsync(new byte[10], default).AsTask();
        // Each write ends when all of it was taken: this pipe has room for nothing.
        foreach (var one in (byte[])[0x81, 0xfe, 0, 2, 1, 2, 3, 4, (byte)('o' ^ 1)])
            await _pipe.Writer.WriteAsync((byte[])[one]).AsTask().WaitAsync(Bounds.Wait);
        Assert.Equal(new ValueWebSocketReceiveResult(1, WebSocketMessageType.Text, false),
            await hearing.WaitAsync(Bounds.Wait));
    }

    [Fact]
    public async Task It_knows_how_long_the_peer_is_waited_for()
    {
        var time = new ManualTime();
        var stream = new SharedWriteStream(_written, time);
        var pipe = new Pipe();
        var hearing = new PipeSocket(pipe.Reader, stream).ReceiveAsync(new byte[10], default).AsTask();
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(5), stream.SilentFor);
        await pipe.Writer.WriteAsync((byte[])[0x82, 0x81, 0, 0, 0, 0, 7]);
        Assert.Equal(1, (await hearing.WaitAsync(Bounds.Wait)).Count);
        Assert.Equal(TimeSpan.Zero, stream.SilentFor);
    }

    [Fact]
    public async Task One_close_frame_goes_out_and_no_Ping_is_answered_behind_it()
    {
        await Task.WhenAll(
            _socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, new string('é', 100)),
            _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, ""));
        Assert.Equal(WebSocketState.CloseSent, _socket.State);
        var writing = _pipe.Writer.WriteAsync((byte[])[.. PingWithX, 0x88, 0x80, 0, 0, 0, 0]).AsTask();
        Assert.Equal(WebSocketMessageType.Close, (await _socket.ReceiveAsync(new byte[10], default)).MessageType);
        await writing.WaitAsync(Bounds.Wait);
        Assert.Equal(WebSocketState.Closed, _socket.State);
        var close = Assert.Single(_written.Writes);
        // As many characters as there is room for: a reason is UTF-8 too.
        Assert.Equal([0x88, 124, 3, 0xe9, .. Encoding.UTF8.GetBytes(new string('é', 61))], close);
    }

    private async Task Refused(byte[] bytes)
    {
        var writing = _pipe.Writer.WriteAsync(bytes).AsTask();
        var fault = await Assert.ThrowsAsync<WebSocketException>(
            () => _socket.ReceiveAsync(new byte[10], default).AsTask().WaitAsync(Bounds.Wait));
        Assert.Equal(WebSocketError.Faulted, fault.WebSocketErrorCode);
        _pipe.Reader.Complete();
        await writing.WaitAsync(Bounds.Wait);
    }

    private static async Task<string> OfFrameworkAsync(byte[] script, Random random)
    {
        var stream = new ScriptedStream(script, random, script.Length + 1);
        using var socket = WebSocket.CreateFromStream(stream,
            new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan });
        return await HearAsync(new AcceptedSocket(socket), random) + Convert.ToHexString([.. stream.Written]);
    }

    private static async Task<string> OfOursAsync(byte[] script, Random random)
    {
        var stream = new ScriptedStream(script, random, random.Next(2) == 0 ? 3 : 5_000);
        var input = PipeReader.Create(stream,
            new StreamPipeReaderOptions(bufferSize: random.Next(1, 4_096), minimumReadSize: 1));
        using var socket = new PipeSocket(input, new SharedWriteStream(stream, TimeProvider.System));
        return await HearAsync(socket, random) + Convert.ToHexString([.. stream.Written]);
    }

    private static async Task<string> HearAsync(IMessageSocket socket, Random random)
    {
        var heard = new StringBuilder();
        var message = new List<byte>();
        var buffer = new byte[9_000];
        try
        {
            while (true)
            {
                var room = random.Next(4) == 0 ? random.Next(10) : buffer.Length;
                var part = await socket.ReceiveAsync(buffer.AsMemory(0, room), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "");
                    return $"{heard}closed, {socket.State}; ";
                }
                message.AddRange(buffer.AsSpan(0, part.Count));
                if (!part.EndOfMessage) continue;
                heard.Append(part.MessageType).Append(Convert.ToHexString([.. message])).AppendLine();
                message.Clear();
            }
        }
        catch (WebSocketException e)
        {
            return $"{heard}{e.WebSocketErrorCode}; ";
        }
    }
}
