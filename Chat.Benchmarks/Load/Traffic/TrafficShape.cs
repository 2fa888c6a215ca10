using Chat.Benchmarks.Load.Clients;

namespace Chat.Benchmarks.Load.Traffic;

/// <summary>Who sends how much to whom.</summary>
internal sealed record TrafficShape
{
    public required Transport Transport { get; init; }

    public required int Rooms { get; init; }

    /// <summary>Members of a room; each reads, the sender too.</summary>
    public required int RoomSize { get; init; }

    /// <summary>How many of a room's members send.</summary>
    public required int Senders { get; init; }

    /// <summary>Closed loop: messages a sender has under way.</summary>
    public int Window { get; init; } = 1;

    /// <summary>Messages a second of all senders together; 0 for the closed loop.</summary>
    public double Rate { get; init; }

    /// <summary>Characters of a message.</summary>
    public required int BodyBytes { get; init; }

    /// <summary>The next message goes when the last is acknowledged, instead of when all members have it.</summary>
    public bool OnAcknowledgement { get; init; }

    /// <summary>Bytes of the receive buffers of those sockets that shall be able to stall a server soon; 0 for the
    /// system's.</summary>
    public int SlowReceiveBuffer { get; init; }

    /// <summary>How many members of the first room, counted from its end, have such a buffer.</summary>
    public int SlowMembers { get; init; }
}
