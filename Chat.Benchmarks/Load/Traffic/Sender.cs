using System.Diagnostics;
using Chat.Benchmarks.Load.Clients;

namespace Chat.Benchmarks.Load.Traffic;

/// <summary>One member that sends: paced, or the next message when an earlier one has reached all members or was
/// acknowledged.</summary>
internal sealed class Sender
{
    private readonly Room _room;
    private readonly Member _member;
    private readonly TrafficShape _shape;
    private readonly SemaphoreSlim _window;
    private readonly int[] _missing;
    private readonly long[] _sentAt;
    private int _sent;

    public Sender(Room room, Member member, TrafficShape shape)
    {
        (_room, _member, _shape) = (room, member, shape);
        _window = new SemaphoreSlim(shape.Window);
        // never more than the window are missing somewhere at once
        _missing = new int[Math.Max(1_024, shape.Window * 4)];
        _sentAt = new long[_missing.Length];
    }

    public int Sent => Volatile.Read(ref _sent);

    private bool ByHubReceipt => _shape.OnAcknowledgement && _shape.Transport != Transport.Raw;

    /// <summary>Sends until it is told to stop.</summary>
    public async Task RunAsync(Func<bool> stopping, CancellationToken ct)
    {
        while (true)
        {
            await _window.WaitAsync(ct);
            if (stopping()) return;
            await SendAsync(ct);
        }
    }

    /// <summary>Ends a closed loop that waits for its window.</summary>
    public void Nudge() => _window.Release();

    public async ValueTask SendAsync(CancellationToken ct)
    {
        var number = _sent + 1;
        var now = Stopwatch.GetTimestamp();
        Volatile.Write(ref _missing[number % _missing.Length], _room.Members.Length);
        Volatile.Write(ref _sentAt[number % _missing.Length], now);
        Volatile.Write(ref _sent, number);
        var body = Marker.Text(new Marker(_room.Meter.Run, _room.Index, _member.Slot, number, now), _shape.BodyBytes);
        await _member.Client!.SendAsync(_room.Conversation, body, number, ct);
    }

    public void OnDelivered(int number, bool own, long sentAt)
    {
        if (own && _shape.Transport == Transport.Raw) _room.Meter.Acknowledged(sentAt);
        if (ByHubReceipt || _shape.Rate > 0) return;
        if (Interlocked.Decrement(ref _missing[number % _missing.Length]) == 0) _window.Release();
    }

    public void OnAcknowledged(int number)
    {
        _room.Meter.Acknowledged(Volatile.Read(ref _sentAt[number % _sentAt.Length]));
        if (ByHubReceipt && _shape.Rate <= 0) _window.Release();
    }
}
