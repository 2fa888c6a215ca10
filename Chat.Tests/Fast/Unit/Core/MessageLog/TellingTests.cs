using Chat.Contracts.Entries;
using FluentAssertions;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>After the commit the messages are stored, whatever fails then.</summary>
public sealed class TellingTests
{
    public static TheoryData<string> Faults => [.. TellingFaults.All.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Failures_after_the_commit_do_not_change_what_senders_and_readers_are_told(string fault)
    {
        await using var host = await LaneHost.StartAsync(TellingFaults.All[fault]);

        var sent = await host.SendAsync("one", "two", "three");

        var receipts = await Task.WhenAll(sent);
        var stored = await host.ReadAsync();
        stored.OfType<MessageEntry>().Select(entry => entry.Body).Should().Equal("one", "two", "three");
        receipts.Select(receipt => receipt.Entry.Id).Should().Equal(stored.Select(entry => entry.Id));
        receipts.Select(receipt => receipt.Entry.Sequence).Should().Equal(stored.Select(entry => entry.Sequence));
        receipts.Should().OnlyContain(receipt => !receipt.Duplicate);
        await Eventually.HoldsAsync(() => host.Reader.View.Count == 3);
        host.Reader.View.Should().Equal(stored.Select(entry => entry.Sequence));
        host.Logs.All.Should().Contain(log => log.Exception != null).And
            .NotContain(log => log.Text.Contains("nothing was stored"));
    }
}
