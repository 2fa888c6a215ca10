using Chat.Benchmarks.Load.Clients;
using Chat.Benchmarks.Load.Traffic;

namespace Chat.Benchmarks.Load.Scenarios;

internal sealed class FanOut : TrafficScenario
{
    public override string Name => "fanout";

    public override string Summary => "one sends, many read";

    protected override IReadOnlyList<LoadOption> Own =>
    [
        new("readers", "1000", "members of the conversation, the sender among them"),
        new("window", "16", "closed loop: messages under way; the next goes when all readers have one"),
        new("rate", "0", "messages a second instead of the closed loop"),
    ];

    protected override TrafficShape Shape(LoadOptions options) => new()
    {
        Transport = options.OneOf<Transport>("transport"), Rooms = 1, RoomSize = options.Int("readers"), Senders = 1,
        Window = options.Int("window"), Rate = options.Number("rate"), BodyBytes = options.Int("size"),
    };
}
