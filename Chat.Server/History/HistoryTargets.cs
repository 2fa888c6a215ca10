using System.Collections;

namespace Chat.Server.History;

/// <summary>Which entries of a log are messages, and which of these may begin a thread: two bits each.</summary>
internal sealed class HistoryTargets
{
    private readonly BitArray _messages = new(1_024), _firsts = new(1_024);

    public void Add(long sequence, bool isInThread)
    {
        // Many entries that are no messages may lie between two that are.
        if (sequence >= _messages.Length) _messages.Length = _firsts.Length = 2 * (int)sequence;
        _messages[(int)sequence] = true;
        _firsts[(int)sequence] = !isInThread;
    }

    public bool IsMessage(long sequence) => Has(_messages, sequence);

    public bool MayBeginThread(long sequence) => Has(_firsts, sequence);

    private static bool Has(BitArray bits, long sequence) =>
        sequence > 0 && sequence < bits.Length && bits[(int)sequence];
}
