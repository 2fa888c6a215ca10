using Chat.Benchmarks.Load.Clients;

namespace Chat.Benchmarks.Load.Traffic;

/// <summary>Plays one fault into the stream of a reader, with its tenth message.</summary>
internal sealed class SabotagedSink(IDeliverySink inner, Sabotage fault) : IDeliverySink
{
    private const int At = 10;

    private int _messages;
    private (long Sequence, byte[] Body)? _held;

    public void OnEntry(long sequence, ReadOnlySpan<byte> body)
    {
        if (!body.IsEmpty && ++_messages == At)
        {
            if (fault == Sabotage.Order) _held = (sequence, body.ToArray());
            if (fault == Sabotage.Repeat) inner.OnEntry(sequence, body);
            if (fault != Sabotage.Repeat) return;
        }
        inner.OnEntry(sequence, body);
        if (_held is not { } held) return;
        _held = null;
        inner.OnEntry(held.Sequence, held.Body);
    }

    public void OnAcknowledged(int number) => inner.OnAcknowledged(number);

    public void OnProblem(string text) => inner.OnProblem(text);
}
