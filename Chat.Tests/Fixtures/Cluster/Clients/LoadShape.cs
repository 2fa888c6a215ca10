using Chat.Tests.Fixtures.Cluster.History;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>Who takes part in a load. Clients of a kind are spread over a group conversation and the lobby; the room is
/// the lobby.</summary>
internal sealed record LoadShape
{
    /// <summary>Begins the names of its users, so that several loads of one cluster have different ones.</summary>
    public string Name { get; init; } = "load";

    /// <summary>Messages of all senders together.</summary>
    public int Messages { get; init; } = 300;

    /// <summary>Messages a second; 0: as fast as the senders can.</summary>
    public double PerSecond { get; init; }

    public int RawSenders { get; init; } = 2;

    /// <summary>Messages that a raw sender has under way at once.</summary>
    public int RawWindow { get; init; } = 8;

    public int HubSenders { get; init; } = 2;

    public int RestSenders { get; init; } = 2;

    public int RoomSenders { get; init; } = 1;

    public int RawReaders { get; init; } = 4;

    public int HubReaders { get; init; } = 4;

    /// <summary>Raw sockets without features, which see no sequences.</summary>
    public int PlainReaders { get; init; } = 2;

    public int RoomReaders { get; init; } = 2;

    /// <summary>Users who are not members and try to read and write all the time.</summary>
    public int Outsiders { get; init; } = 1;

    /// <summary>One member that is removed and added again all the time.</summary>
    public bool Guest { get; init; } = true;

    /// <summary>Replaces what the first raw reader is shown, to see that the checker notices. Null: as it
    /// was.</summary>
    public Func<ShownEntry, IEnumerable<ShownEntry>>? Sabotage { get; init; }
}
