using Chat.Server.Connections;
using Chat.Server.FanOut;
using Chat.Server.Memory;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.FanOut;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Unit.Connections;

/// <summary>Makes what bounds the bytes that are held for connections.</summary>
internal static class Rooms
{
    private static readonly BackgroundWork Background = new(NullLogger<BackgroundWork>.Instance);

    /// <summary>By default as much as a server has, on a clock that stands still.</summary>
    public static Answers ForAnswers(MemoryBudget? memory = null, TimeProvider? time = null) =>
        new(memory ?? FeedRun.Budget(), time ?? new ManualTime(), NullLogger<Answers>.Instance);

    public static ConnectionMemory ForConnections()
    {
        var memory = FeedRun.Budget();
        return new ConnectionMemory(
            new UnfinishedMessages(memory, Background, new ManualTime(), NullLogger<UnfinishedMessages>.Instance),
            ForAnswers(memory));
    }
}
