using Chat.Benchmarks.Load.Clients;
using Chat.Benchmarks.Load.Traffic;

namespace Chat.Benchmarks.Load.Scenarios;

internal sealed class Rooms : TrafficScenario
{
    public override string Name => "rooms";

    public override string Summary => "many rooms in which everybody sends, closed loop";

    protected override IReadOnlyList<LoadOption> Own =>
    [
        new("rooms", "100", "conversations"),
        new("members", "10", "members of each, all sending"),
        new("window", "1", "messages a sender has under way"),
    ];

    protected override TrafficShape Shape(LoadOptions options) => new()
    {
        Transport = options.OneOf<Transport>("transport"), Rooms = options.Int("rooms"),
        RoomSize = options.Int("members"), Senders = options.Int("members"),
        Window = options.Int("window"), BodyBytes = options.Int("size"),
    };
}
