using System.Runtime.CompilerServices;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Server.FanOut;
using Chat.Server.Transports.SignalR;
using Chat.Server.Transports.SignalR.MessagePack;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.FanOut;

/// <summary>What entries in memory are counted as, compared with what the runtime says they hold.</summary>
[Collection(Heavy.Name)]
public sealed class EntryWeightTests
{
    private const int Limit = 32 * 1024 * 1024;

    private static readonly ConversationId Room = ConversationId.New(Drafts.Noon);

    private static readonly WireFormat[] Formats =
        [HubFormat.Instance, HubFrameFormat.Instance, MessagePackFormat.Instance, MessagePackFrameFormat.Instance];

    private EntryRing? _ring;

    public static TheoryData<string> Kinds => ["body", "meta", "people", "many small", "edited", "reaction"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_ring_holds_no_more_bytes_than_it_may(string kind)
    {
        // Three times: whatever else takes or frees memory in this process meanwhile adds to what is seen, or hides it.
        var seen = Enumerable.Range(0, 3).Select(_ => Measure(kind)).ToArray();
        // A quarter for what one cannot see: the ring's own array, and what else lives in this process.
        Assert.InRange(seen.Min(one => one.Held), 0, Limit + Limit / 4);
        // And it is not so cautious that the limit means something else.
        Assert.InRange(seen[0].Weight, 1, Math.Max(seen.Max(one => one.Held) * 2, Limit / 2));
    }

    /// <summary>What is free once a full ring is gone, and what it said that it weighed.</summary>
    private (long Held, long Weight) Measure(string kind)
    {
        var weight = Fill(kind);
        var with = GC.GetTotalMemory(forceFullCollection: true);
        _ring = null;
        return (with - GC.GetTotalMemory(forceFullCollection: true), weight);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // only the field keeps the ring
    private long Fill(string kind)
    {
        var ring = new EntryRing(0, 65_536, Limit);
        for (var i = 1; i <= 16 || ring.First == 1; i++)
        {
            ring.Add(Make(kind) with { Sequence = i });
            foreach (var format in Formats) ring.Encode(i, format);
            ring.Trim();
        }
        _ring = ring;
        return ring.Weight;
    }

    [Fact]
    public void The_newest_entry_stays_however_large()
    {
        var ring = new EntryRing(0, 16, 1_000);
        ring.Add(Make("body") with { Sequence = 1 });
        ring.Encode(1, HubFormat.Instance);
        ring.Trim();
        Assert.Equal((1, 1), (ring.First, ring.Head));
    }

    private static ConversationEntry Make(string kind) => kind switch
    {
        "body" => Drafts.Message(Room, new string('x', 60_000)),
        "meta" => Drafts.Message(Room, "x") with
        {
            AttachmentUrl = "https://example.org/" + new string('u', 2_000),
            AttachmentMeta = new RawJson($"\"{new string('m', 16_000)}\""), DedupeKey = new string('k', 64),
        },
        "people" => Drafts.Added(Room, Enumerable.Range(0, 1_000).Select(i => $"{i}{new string('u', 200)}")),
        "many small" => Drafts.Message(Room, new string('x', 100), new string('s', 200)),
        "edited" => new MessageEditedEntry
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = Room, Sequence = 1, SenderId = UserId.Parse("ann"),
            CreatedAt = Drafts.Noon, TargetSequence = 1, Body = new string('x', 30_000),
        },
        _ => new ReactionsChangedEntry
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = Room, Sequence = 1, SenderId = UserId.Parse("ann"),
            CreatedAt = Drafts.Noon, TargetSequence = 1,
            Counts = [.. Enumerable.Range(10, 20).Select(i => new ReactionCount($":{i}{new string('r', 28)}:", i))],
            Changes = [.. Enumerable.Range(0, 20).Select(i =>
                new ReactionChange(UserId.Parse($"{i}{new string('u', 200)}"), [new string('k', 32)]))],
        },
    };
}
