namespace Chat.Tests.Unit.Transports;

/// <summary>Gives what is to be read in pieces of a few bytes, and keeps what is written.</summary>
internal sealed class ScriptedStream(byte[] script, Random random, int longest) : MemoryStream
{
    private int _at;

    public List<byte> Written { get; } = [];

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (random.Next(4) == 0) await Task.Yield(); // so that it is waited for, too
        var count = Math.Min(Math.Min(buffer.Length, random.Next(1, longest + 1)), script.Length - _at);
        script.AsSpan(_at, count).CopyTo(buffer.Span);
        _at += count;
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Written.AddRange(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
