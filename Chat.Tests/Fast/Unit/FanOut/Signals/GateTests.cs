using Chat.Contracts.Errors;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.FanOut.Signals;

/// <summary>CH-173: what a reader is shown while its instance does not know whom it must not serve, and once its user
/// may not be here any more.</summary>
public sealed class GateTests : IAsyncLifetime
{
    private readonly SignalHost _host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Nothing_is_written_until_it_is_known_again_and_then_nothing_is_missing()
    {
        _host.Admission.BeRead();
        _host.Admission.Note(_host.Time.GetTimestamp(), known: 0);
        var reader = await _host.JoinAsync("ann");
        _host.Publish(Drafts.Message(_host.Conversation, sender: "eve"));
        Assert.Equal("1;", await reader.Writes.NextAsync());
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        _host.Publish(Drafts.Message(_host.Conversation, sender: "eve"));
        _host.Publish(Drafts.Message(_host.Conversation, sender: "eve"));
        _host.Say("bob");
        // A reading that began too long ago.
        var old = _host.Time.GetTimestamp();
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        _host.Admission.Note(old, known: 0);
        await Task.Yield();
        Assert.True(reader.Writes.IsEmpty);

        _host.Admission.Note(_host.Time.GetTimestamp(), known: 0);
        var written = "";
        while (!written.Contains("3;", StringComparison.Ordinal) || !written.Contains("bob", StringComparison.Ordinal))
            written += await reader.Writes.NextAsync();
        Assert.Equal("2;3;", written.Replace("bob types;", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reader_that_may_not_be_here_any_more_is_shown_nothing()
    {
        var (ann, bob) = (await _host.JoinAsync("ann"), await _host.JoinAsync("bob"));
        _host.Admission.BeRead();
        _host.Publish(Drafts.Message(_host.Conversation, sender: "eve")); // taken, and waits for the gate
        Assert.True(ann.Standing.TryEnd(ChatErrorCode.TokenRevoked));
        Assert.False(ann.Standing.TryEnd(ChatErrorCode.TokenExpired));
        Assert.Equal(ChatErrorCode.TokenRevoked, ann.Standing.EndedBecause);
        _host.Admission.Note(_host.Time.GetTimestamp(), known: 1);
        Assert.Equal("1;", await bob.Writes.NextAsync());
        _host.Publish(Drafts.Message(_host.Conversation, sender: "eve"));
        _host.Say("eve");
        // A signal may be written before or behind the entry; entries alone are in order.
        var written = "";
        while (!written.Contains("2;", StringComparison.Ordinal)) written += await bob.Writes.NextAsync();
        Assert.Equal("2;", written.Replace("eve types;", "", StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => ann.IsClosed);
        Assert.True(ann.Writes.IsEmpty);
    }
}
