using System.Buffers;
using BenchmarkDotNet.Attributes;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut;
using Chat.Server.Transports.SignalR;
using Chat.Server.Transports.WebSockets;

namespace Chat.Benchmarks.Micro;

/// <summary>One message into the bytes that all readers of a wire format share: paid once a message, however many read
/// it.</summary>
public class EncodeBenchmark
{
    private readonly ArrayBufferWriter<byte> _output = new(1_024);
    private readonly MessageEntry _message =
        MicroMessage.Create(UserId.Parse("00000000-0000-4000-8000-000000000001"),
            ConversationId.New(TimeProvider.System.GetUtcNow()), 123_456);

    private readonly WireFormat _raw = RawDialect.Create(camelCase: false, RawFeatures.None).Format;
    private readonly WireFormat _rawWithSequence = RawDialect.Create(camelCase: false, RawFeatures.Seq).Format;

    [Benchmark(Baseline = true)]
    public int Raw() => Encode(_raw);

    [Benchmark]
    public int RawWithSequence() => Encode(_rawWithSequence);

    [Benchmark]
    public int Hub() => Encode(HubFormat.Instance);

    private int Encode(WireFormat format)
    {
        _output.ResetWrittenCount();
        format.Encode(_message, _output);
        return _output.WrittenCount;
    }
}
