using Chat.Benchmarks.Load.Clients;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Load.Traffic;

/// <summary>One reader of a room. Checks every entry: its place in the log, and each sender's own count.</summary>
internal sealed class Member(Room room, int slot, UserId user, int senders) : IDeliverySink
{
    private readonly int[] _lastOf = new int[senders];
    private long _next;
    private long _messages;

    public int Slot => slot;

    public UserId User => user;

    public LoadClient? Client { get; set; }

    /// <summary>Messages received.</summary>
    public long Messages => Volatile.Read(ref _messages);

    /// <summary>The last sequence received: where to resume.</summary>
    public long LastSequence => Volatile.Read(ref _next) - 1;

    /// <summary>True while it reads: then what it does not get by the end is lost. Latencies of the others only are of
    /// interest.</summary>
    public bool Measured { get; set; } = true;

    /// <summary>True when the connection may end without that being a fault.</summary>
    public bool MayLoseConnection { get; set; }

    public volatile bool Disconnected;

    public void StartAfter(long sequence) => Volatile.Write(ref _next, sequence + 1);

    public void OnEntry(long sequence, ReadOnlySpan<byte> body)
    {
        if (sequence != _next) room.Report.Problem($"{user}: sequence {sequence} came where {_next} was due");
        Volatile.Write(ref _next, sequence + 1);
        if (body.IsEmpty) return;
        if (!Marker.TryRead(body, out var marker) || marker.Run != room.Meter.Run || marker.Room != room.Index
            || marker.Sender >= senders)
        {
            room.Report.Problem($"{user}: a message that was not sent to this room came at sequence {sequence}");
            return;
        }
        if (marker.Number != _lastOf[marker.Sender] + 1)
            room.Report.Problem(
                $"{user}: message {marker.Number} of sender {marker.Sender} came after {_lastOf[marker.Sender]}");
        _lastOf[marker.Sender] = marker.Number;
        Volatile.Write(ref _messages, _messages + 1);
        if (Measured) room.Meter.Delivered(marker.SentAt);
        room.Senders[marker.Sender].OnDelivered(marker.Number, own: marker.Sender == slot, marker.SentAt);
    }

    public void OnAcknowledged(int number) => room.Senders[slot].OnAcknowledged(number);

    public void OnProblem(string text)
    {
        if (MayLoseConnection) Disconnected = true;
        else room.Report.Problem($"{user}: {text}");
    }
}
