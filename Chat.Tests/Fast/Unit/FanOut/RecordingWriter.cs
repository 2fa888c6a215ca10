using System.Buffers;
using System.Buffers.Binary;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;

namespace Chat.Tests.Unit.FanOut;

/// <summary>A connection that writes down what it is given, and takes its time when told to.</summary>
internal sealed class RecordingWriter(UserKey user, WriterContext context)
    : ClientWriter(user, SequenceFormat.Instance, context)
{
    private readonly Lock _gate = new();
    private readonly List<long> _view = [];
    private readonly CancellationTokenSource _closed = new();
    private TaskCompletionSource? _slow;

    /// <summary>The sequences written so far, in the order of writing.</summary>
    public List<long> View
    {
        get
        {
            lock (_gate) return [.. _view];
        }
    }

    public long Last
    {
        get
        {
            lock (_gate) return _view.Count == 0 ? 0 : _view[^1];
        }
    }

    /// <summary>Told that it was removed: nothing may come after.</summary>
    public bool Removed { get; private set; }

    public bool Aborted { get; private set; }

    protected override CancellationToken Closed => _closed.Token;

    /// <summary>From now on writes stay pending.</summary>
    public void Block()
    {
        lock (_gate) _slow ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Unblock()
    {
        TaskCompletionSource? slow;
        lock (_gate) (slow, _slow) = (_slow, null);
        slow?.TrySetResult();
    }

    /// <summary>The connection is gone: whatever it waits for ends.</summary>
    public Task EndAsync() => _closed.CancelAsync();

    public override void Abort() => Aborted = true;

    protected override ValueTask WriteAsync(EncodedBlock block)
    {
        lock (_gate)
        {
            // Read from the bytes, not from the block's numbers: the bytes are what a client sees.
            for (var bytes = block.Bytes.Span; bytes.Length > 0; bytes = bytes[8..])
                _view.Add(BinaryPrimitives.ReadInt64LittleEndian(bytes));
            return _slow is { } slow ? new ValueTask(slow.Task) : default;
        }
    }

    protected override ValueTask WriteRemovedAsync(ConversationId conversation)
    {
        Removed = true;
        return default;
    }
}

/// <summary>An entry as its sequence.</summary>
internal sealed class SequenceFormat : WireFormat
{
    public static readonly SequenceFormat Instance = new();

    private SequenceFormat() { }

    public override void Encode(ConversationEntry entry, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(8), entry.Sequence);
        output.Advance(8);
    }
}
