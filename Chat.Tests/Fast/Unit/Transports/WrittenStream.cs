using System.Threading.Channels;

namespace Chat.Tests.Unit.Transports;

/// <summary>What was written to it; writes may be held, and let go one by one.</summary>
internal sealed class WrittenStream : MemoryStream
{
    private readonly Channel<int> _arrived = Channel.CreateUnbounded<int>();

    private readonly Channel<bool> _gate = Channel.CreateUnbounded<bool>();
    private bool _held;

    public List<byte[]> Writes { get; } = [];

    public void Hold() => _held = true;

    public void Step() => _gate.Writer.TryWrite(true);

    public void LetGo()
    {
        _held = false;
        _gate.Writer.TryWrite(true);
    }

    public void Arrive() => _arrived.Writer.TryWrite(1);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _arrived.Reader.ReadAsync(cancellationToken);

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Writes.Add(buffer.ToArray());
        if (_held) await _gate.Reader.ReadAsync(cancellationToken);
    }
}
