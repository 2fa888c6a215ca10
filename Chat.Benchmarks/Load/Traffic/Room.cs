using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Load.Traffic;

/// <summary>One conversation under load.</summary>
internal sealed class Room
{
    public Room(int index, TrafficShape shape, TrafficMeter meter, LoadReport report, string userPrefix)
    {
        Index = index;
        Meter = meter;
        Report = report;
        Members = [.. Enumerable.Range(0, shape.RoomSize)
            .Select(slot => new Member(this, slot, UserId.Parse($"{userPrefix}-{index}-{slot}"), shape.Senders))];
        Senders = [.. Members.Take(shape.Senders).Select(member => new Sender(this, member, shape))];
    }

    public int Index { get; }

    public TrafficMeter Meter { get; }

    public LoadReport Report { get; }

    public ConversationId Conversation { get; set; }

    public Member[] Members { get; }

    public Sender[] Senders { get; }

    public int Sent => Senders.Sum(sender => sender.Sent);
}
