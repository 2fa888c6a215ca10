using Chat.Benchmarks.Load.Clients;
using Chat.Benchmarks.Load.Traffic;

namespace Chat.Benchmarks.Load.Scenarios;

internal sealed class Acknowledged : TrafficScenario
{
    public override string Name => "ack";

    public override string Summary =>
        "durable sends: each sender in a room of its own, the next when the last is acknowledged (hub: receipt; raw: "
            + "own message)";

    protected override IReadOnlyList<LoadOption> Own =>
    [
        new("senders", "64", "connections"),
        new("window", "1", "messages a sender has under way"),
    ];

    protected override TrafficShape Shape(LoadOptions options) => new()
    {
        Transport = options.OneOf<Transport>("transport"), Rooms = options.Int("senders"), RoomSize = 1, Senders = 1,
        Window = options.Int("window"), BodyBytes = options.Int("size"), OnAcknowledgement = true,
    };
}
