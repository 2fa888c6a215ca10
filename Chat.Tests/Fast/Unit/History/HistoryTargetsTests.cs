using Chat.Server.History;

namespace Chat.Tests.Unit.History;

/// <summary>Messages of a history are found again, however far apart they are.</summary>
public sealed class HistoryTargetsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(1_023)]
    [InlineData(1_024)]
    [InlineData(5_000)]
    public void A_message_behind_many_entries_that_are_none_is_one(int sequence)
    {
        var targets = new HistoryTargets();
        targets.Add(1, isInThread: false);

        targets.Add(sequence, isInThread: true);

        Assert.True(targets.IsMessage(1) && targets.MayBeginThread(1) && targets.IsMessage(sequence));
        Assert.False(targets.MayBeginThread(sequence));
        Assert.False(targets.IsMessage(sequence + 1) || targets.IsMessage(0));
    }
}
