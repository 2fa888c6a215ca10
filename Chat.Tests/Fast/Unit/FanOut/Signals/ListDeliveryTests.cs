using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Signals;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.FanOut.Signals;

/// <summary>CH-90 to CH-93: what changes in a list, or of reports, is shown beside what the log shows.</summary>
public sealed class ListDeliveryTests : IAsyncLifetime
{
    private readonly SignalHost _host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    // CH-93
    [Fact]
    public async Task A_removal_is_told_where_the_log_has_told_it_first()
    {
        var removed = await WatchAsync("rob");
        removed.Block();
        _host.Publish(Drafts.Removed(_host.Conversation, "rob"));
        Assert.Equal("1;", await removed.Writes.NextAsync());
        removed.Post(Changed("rob", last: null)); // it has joined, until the log has told it
        removed.TakeOne();
        Assert.Equal("removed", await removed.Writes.NextAsync());
        removed.Unblock();
        Assert.Equal("rob lists it no more;", await removed.Writes.NextAsync());
    }

    // CH-93
    [Fact]
    public async Task What_was_read_before_a_removal_is_not_shown_after_it()
    {
        var removed = await WatchAsync("rob");
        removed.Block();
        _host.Publish(Drafts.Message(_host.Conversation));
        Assert.Equal("1;", await removed.Writes.NextAsync());
        removed.Post(Changed("rob", last: 1));
        _host.Publish(Drafts.Removed(_host.Conversation, "rob"));
        removed.Post(Changed("rob", last: 9) with { Where = ConversationId.New(Drafts.Noon) });
        removed.Unblock();
        Assert.Equal(["rob lists 9;", "2;", "removed"], await removed.Writes.TakeAsync(3));
    }

    // CH-90
    [Fact]
    public async Task An_addition_is_told_though_the_log_has_not_told_the_removal_before_it()
    {
        var added = await WatchAsync("rob");
        added.Block();
        _host.Publish(Drafts.Removed(_host.Conversation, "rob"));
        Assert.Equal("1;", await added.Writes.NextAsync());
        added.TakeOne();
        Assert.Equal("removed", await added.Writes.NextAsync());
        added.Post(Changed("rob", last: 2));
        added.Unblock();
        Assert.Equal("rob lists 2;", await added.Writes.NextAsync());
    }

    // CH-90, CH-92
    [Fact]
    public async Task What_changes_during_a_join_is_shown()
    {
        var joining = await WatchAsync("joe", active: false);
        joining.Post(Changed("joe", last: 1));
        Assert.Equal("joe lists 1;", await joining.Writes.NextAsync());
        joining.Find(_host.Conversation)!.Activate(null);
        joining.Post(Changed("joe", last: 2) with { IsToldByLog = true });
        joining.Post(Changed("joe", last: 3));
        Assert.Equal("joe lists 3;", await joining.Writes.NextAsync());
    }

    [Fact]
    public async Task A_report_is_told_during_a_join()
    {
        var joining = await WatchAsync("mia", active: false);
        joining.WatchesReports = true;
        joining.Post(new ReportSignal(_host.Conversation, SignalHost.User("rob").Key()));
        Assert.Equal("rob is reported;", await joining.Writes.NextAsync());
    }

    private async Task<SignalWriter> WatchAsync(string user, bool active = true)
    {
        var writer = await _host.JoinAsync(user, active: active);
        writer.WatchesList = true;
        return writer;
    }

    private ListSignal Changed(string user, long? last) => new(
        _host.Conversation, SignalHost.User(user).Key(), last is { } sequence ? Summary(sequence) : null,
        IsToldByLog: false);

    private ConversationSummary Summary(long last) => new()
    {
        Id = _host.Conversation, Kind = ConversationKind.Group, CreatedAt = Drafts.Noon, LastSequence = last,
        LastReadSequence = 0,
    };
}
