using System.Buffers;
using System.Text;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Benchmarks.Load.Clients;

/// <summary>The JSON hub protocol, straight on the socket (no negotiation).</summary>
internal sealed class HubClient(IDeliverySink sink) : TextWireClient(sink)
{
    private const byte RecordSeparator = 0x1e;
    private const int JoinId = 0;

    private static readonly byte[] Ping = "{\"type\":6}\u001e"u8.ToArray();

    private readonly ArrayBufferWriter<byte> _partial = new();
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override string Path(string user) => $"{ChatHubRoute.Path}?{ChatHubRoute.UserParameter}={user}";

    protected override async ValueTask GreetAsync(CancellationToken ct)
    {
        await Socket.SendTextAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), ct);
        await _greeted.Task.WaitAsync(ct);
    }

    protected override string JoinText(ConversationId conversation, long? after) =>
        $$"""{"type":1,"invocationId":"{{JoinId}}","target":"Join","arguments":["{{conversation}}",{{after?.ToString()
            ?? "null"}}]}""" + '\u001e';

    protected override (string Before, string After) SendText(ConversationId conversation, int number) =>
        ($$"""{"type":1,"invocationId":"{{number}}","target":"Send","arguments":["{{conversation}}","""
            + '"', "\"]}\u001e");

    /// <remarks>SignalR may spread one write over several frames, so a record can end in a later one.</remarks>
    protected override void OnData(ReadOnlySpan<byte> payload)
    {
        int end;
        while ((end = payload.IndexOf(RecordSeparator)) >= 0)
        {
            if (_partial.WrittenCount == 0)
            {
                OnRecord(payload[..end]);
            }
            else
            {
                _partial.Write(payload[..end]);
                OnRecord(_partial.WrittenSpan);
                _partial.ResetWrittenCount();
            }
            payload = payload[(end + 1)..];
        }
        if (!payload.IsEmpty) _partial.Write(payload);
    }

    private void OnRecord(ReadOnlySpan<byte> record)
    {
        switch (JsonScan.FirstNumber(record, "{\"type\":"u8))
        {
            case 1:
                var message = record.IndexOf("\"target\":\"MessageReceived\""u8) >= 0;
                Sink.OnEntry(JsonScan.FirstNumber(record, "\"sequence\":"u8),
                    message ? JsonScan.FirstText(record, "\"body\":"u8) : default);
                break;
            case 3:
                OnCompletion(record);
                break;
            case 6:
                // The server's ping is the cue for ours: it drops clients that are silent.
                _ = Socket.SendTextAsync(Ping, CancellationToken.None).AsTask().ContinueWith(
                    t => Sink.OnProblem($"ping: {t.Exception!.GetBaseException().Message}"),
                    CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                break;
            case -1 when record.SequenceEqual("{}"u8):
                _greeted.TrySetResult();
                break;
            default:
                _greeted.TrySetException(new IOException(Encoding.UTF8.GetString(record)));
                OnRefused(Encoding.UTF8.GetString(record));
                break;
        }
    }

    private void OnCompletion(ReadOnlySpan<byte> record)
    {
        if (record.IndexOf("\"error\":"u8) >= 0) OnRefused(Encoding.UTF8.GetString(record));
        else if (int.Parse(JsonScan.FirstText(record, "\"invocationId\":"u8)) is var id and not JoinId)
            Sink.OnAcknowledged(id);
        else OnJoined(JsonScan.FirstNumber(record, "\"head\":"u8));
    }
}
