using System.Buffers;
using System.Text;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using MessagePack;

namespace Chat.Benchmarks.Load.Clients;

/// <summary>The MessagePack hub protocol, straight on the socket (no negotiation).</summary>
internal sealed class MessagePackClient(IDeliverySink sink) : WireClient(sink)
{
    private const byte RecordSeparator = 0x1e;
    private const int JoinId = 0, Invocation = 1, Completion = 3, Ping = 6;
    private const int Refused = 1;

    private static readonly byte[] Pong = [0x02, 0x91, Ping];

    private readonly ArrayBufferWriter<byte> _partial = new();
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ValueTask SendAsync(
        ConversationId conversation, ReadOnlyMemory<byte> body, int number, CancellationToken ct) =>
        Socket.SendBinaryAsync(Call(number, "Send", conversation, PackScan.Text(body.Span)), ct);

    protected override string Path(string user) => $"{ChatHubRoute.Path}?{ChatHubRoute.UserParameter}={user}";

    protected override async ValueTask GreetAsync(CancellationToken ct)
    {
        await Socket.SendTextAsync("{\"protocol\":\"messagepack\",\"version\":1}\u001e"u8.ToArray(), ct);
        await _greeted.Task.WaitAsync(ct);
    }

    protected override ValueTask AskToJoinAsync(ConversationId conversation, long? after, CancellationToken ct) =>
        Socket.SendBinaryAsync(Call(JoinId, "Join", conversation, PackScan.Number(after)), ct);

    /// <remarks>SignalR may spread one write over several frames, so a message can end in a later one.</remarks>
    protected override void OnData(ReadOnlySpan<byte> payload)
    {
        if (!_greeted.Task.IsCompleted)
        {
            var end = payload.IndexOf(RecordSeparator);
            if (payload[..end].SequenceEqual("{}"u8)) _greeted.TrySetResult();
            else _greeted.TrySetException(new IOException(Encoding.UTF8.GetString(payload)));
            payload = payload[(end + 1)..];
        }
        if (_partial.WrittenCount > 0)
        {
            _partial.Write(payload);
            var all = _partial.WrittenSpan;
            var left = TakeMessages(all).ToArray();
            _partial.ResetWrittenCount();
            _partial.Write(left);
        }
        else
        {
            _partial.Write(TakeMessages(payload));
        }
    }

    /// <returns>What is left: a message whose end has not come.</returns>
    private ReadOnlySpan<byte> TakeMessages(ReadOnlySpan<byte> bytes)
    {
        while (PackScan.TryReadLength(bytes, out var prefix, out var length) && bytes.Length >= prefix + length)
        {
            OnMessage(bytes.Slice(prefix, length));
            bytes = bytes[(prefix + length)..];
        }
        return bytes;
    }

    private void OnMessage(ReadOnlySpan<byte> message)
    {
        switch (message[1])
        {
            case Invocation:
                var isMessage = message.IndexOf("MessageReceived"u8) >= 0;
                Sink.OnEntry(PackScan.LastNumber(message, "sequence"u8),
                    isMessage ? PackScan.FirstText(message, "body"u8) : default);
                break;
            case Completion:
                OnCompletion(message.ToArray());
                break;
            case Ping:
                // The server's ping is the cue for ours: it drops clients that are silent.
                _ = Socket.SendBinaryAsync(Pong, CancellationToken.None).AsTask().ContinueWith(
                    t => Sink.OnProblem($"ping: {t.Exception!.GetBaseException().Message}"),
                    CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                break;
            default:
                OnRefused(MessagePackSerializer.ConvertToJson(message.ToArray()));
                break;
        }
    }

    private void OnCompletion(byte[] message)
    {
        var reader = new MessagePackReader(message);
        reader.ReadArrayHeader();
        reader.Skip();
        reader.Skip();
        var id = int.Parse(reader.ReadString()!);
        if (reader.ReadInt32() == Refused) OnRefused(reader.ReadString()!);
        else if (id != JoinId) Sink.OnAcknowledged(id);
        else OnJoined(PackScan.LastNumber(message, "head"u8));
    }

    /// <param name="packed">The second argument.</param>
    private static byte[] Call(int id, string method, ConversationId conversation, byte[] packed)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.WriteArrayHeader(6);
        writer.Write(Invocation);
        writer.WriteMapHeader(0);
        writer.Write($"{id}");
        writer.Write(method);
        writer.WriteArrayHeader(2);
        writer.Write($"{conversation}");
        writer.WriteRaw(packed);
        writer.WriteArrayHeader(0);
        writer.Flush();
        return [.. PackScan.Length(output.WrittenCount), .. output.WrittenSpan];
    }
}
