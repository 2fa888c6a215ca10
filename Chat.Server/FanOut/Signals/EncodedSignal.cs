using System.Buffers;

namespace Chat.Server.FanOut.Signals;

/// <summary>A signal with its encodings: made on first need, once per format, and shared by all readers that it goes
/// to.</summary>
internal sealed class EncodedSignal(Signal signal)
{
    private readonly Lock _gate = new();
    private EncodedBlock?[] _encodings = [];

    public Signal Signal => signal;

    public SignalKey Key { get; } = signal.Key;

    /// <summary>What to write in this format; its bytes are empty when the format does not show such signals.</summary>
    public EncodedBlock Encode(WireFormat format)
    {
        var encodings = Volatile.Read(ref _encodings);
        return format.Index < encodings.Length && Volatile.Read(ref encodings[format.Index]) is { } known
            ? known
            : EncodeOnce(format);
    }

    private EncodedBlock EncodeOnce(WireFormat format)
    {
        lock (_gate)
        {
            if (format.Index >= _encodings.Length)
            {
                var larger = new EncodedBlock?[format.Index + 1];
                _encodings.CopyTo(larger, 0);
                Volatile.Write(ref _encodings, larger);
            }
            if (_encodings[format.Index] is { } known) return known; // another reader was first
            var output = new ArrayBufferWriter<byte>(256);
            format.EncodeSignal(signal, output);
            var block = format.CreateSignalBlock(output.WrittenMemory, signal);
            Volatile.Write(ref _encodings[format.Index], block);
            return block;
        }
    }
}
