using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Tests.Unit.ClientSdk;

namespace Chat.Tests.Unit.FanOut.Signals;

/// <summary>A connection that writes down each write as a text, and takes its time when told to.</summary>
internal sealed class SignalWriter(UserKey user, WriterContext context, SignalKind wanted)
    : ClientWriter(user, TextFormat.Instance, context)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _slow;

    public Inbox<string> Writes { get; } = new();

    protected override SignalKind Wanted => wanted;

    protected override CancellationToken Closed => CancellationToken.None;

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

    /// <summary>The write that is pending ends, and the next one stays pending.</summary>
    public void TakeOne()
    {
        TaskCompletionSource? slow;
        lock (_gate)
            (slow, _slow) = (_slow, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        slow?.TrySetResult();
    }

    public override void Abort() { }

    protected override ValueTask WriteAsync(EncodedBlock block) => Write(Encoding.UTF8.GetString(block.Bytes.Span));

    protected override ValueTask WriteRemovedAsync(ConversationId conversation) => Write("removed");

    private ValueTask Write(string text)
    {
        lock (_gate)
        {
            Writes.Add(text);
            return _slow is { } slow ? new ValueTask(slow.Task) : default;
        }
    }
}

/// <summary>Entries as <c>5;</c>, signals as <c>ann types;</c>, <c>ann read 5;</c>, <c>ann is there;</c>
/// and <c>ann lists 5;</c>.</summary>
internal sealed class TextFormat : WireFormat
{
    public static readonly TextFormat Instance = new();

    // Formats are for all: tests beside have conversations of their own.
    private readonly ConcurrentDictionary<ConversationId, int> _encoded = new();

    private TextFormat() { }

    /// <summary>How many signals of a conversation were encoded.</summary>
    public int EncodedOf(ConversationId conversation) => _encoded.GetValueOrDefault(conversation);

    public override void Encode(ConversationEntry entry, IBufferWriter<byte> output) =>
        output.Write(Encoding.UTF8.GetBytes($"{entry.Sequence};"));

    public override void EncodeSignal(Signal signal, IBufferWriter<byte> output)
    {
        if (signal.Conversation is { } conversation) _encoded.AddOrUpdate(conversation, 1, (_, count) => count + 1);
        output.Write(Encoding.UTF8.GetBytes($"{signal.User} " + signal switch
        {
            TypingSignal typing => typing.IsTyping ? "types;" : "rests;",
            ReadSignal read => $"read {read.Sequence};",
            PresenceSignal presence => presence.Online ? "is there;" : "is gone;",
            ListSignal list => list.Summary is { } summary ? $"lists {summary.LastSequence};" : "lists it no more;",
            ReportSignal => "is reported;",
            _ => throw new ArgumentException("unknown", nameof(signal)),
        }));
    }
}
