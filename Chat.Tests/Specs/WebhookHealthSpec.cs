using Chat.Server.Webhooks;
using Chat.Server.Webhooks.Posting;
using Chat.Server.Webhooks.Store;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Specs;

/// <summary>When an endpoint is posted to, over days: with a clock that the test moves.</summary>
public abstract class WebhookHealthSpec : StoreSpec
{
    private static readonly WebhookAnswer No = WebhookAnswer.Failed("no");

    private readonly ManualTime _time = new();
    private readonly RecordedLogs _logs = new();

    private static CancellationToken None => CancellationToken.None;

    private WebhookStore Store => new(Stores.Database);

    // CH-299
    [SpecFact]
    public async Task One_that_takes_nothing_for_a_day_is_disabled_and_not_a_moment_earlier()
    {
        var health = Health();
        Assert.False(await health.FailedAsync(No, None));
        var since = _time.GetUtcNow();
        _time.Advance(WebhookHealth.Patience - TimeSpan.FromSeconds(1));
        Assert.False(await health.FailedAsync(No, None));
        Assert.Equal((since, null), await StateAsync());
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await health.FailedAsync(No, None));

        Assert.Equal((since, _time.GetUtcNow()), await StateAsync());
        Assert.Equal("it took nothing for 24 hours; at last no", (await Store.FindAsync("orders", None)).Reason);
        Assert.True(health.IsDisabled);
        Assert.Equal([9791, 9790], _logs.All.Select(log => log.Id.Id));
        Assert.Equal(LogLevel.Error, _logs.All.Last().Level);
    }

    // CH-299
    [SpecFact]
    public async Task The_day_goes_on_over_restarts_and_ends_with_whatever_it_takes()
    {
        await Health().FailedAsync(No, None);
        _time.Advance(TimeSpan.FromHours(23));
        await Health().SucceededAsync(None); // another instance
        Assert.Equal((null, null), await StateAsync());
        await Health().FailedAsync(No, None);
        _time.Advance(TimeSpan.FromHours(23));
        var last = Health();
        Assert.False(await last.FailedAsync(No, None));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(await last.FailedAsync(No, None));
    }

    // CH-299
    [SpecFact]
    public async Task An_instance_that_was_just_started_tries_for_an_hour_before_it_disables()
    {
        await Health().FailedAsync(No, None);
        _time.Advance(TimeSpan.FromDays(3)); // nothing runs
        var next = Health();
        Assert.False(await next.FailedAsync(No, None));
        _time.Advance(WebhookHealth.TriedHere - TimeSpan.FromMilliseconds(1));
        Assert.False(await next.FailedAsync(No, None));
        await next.SucceededAsync(None);
        Assert.Equal((null, null), await StateAsync());
        Assert.False(await next.FailedAsync(No, None));
        _time.Advance(WebhookHealth.Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(await next.FailedAsync(No, None));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await next.FailedAsync(No, None));
    }

    // CH-299
    [SpecFact]
    public async Task A_disabled_one_is_waited_for_until_it_is_enabled_and_has_another_day_then()
    {
        var health = Health();
        Assert.True(await health.FailedAsync(Answer(410), None));
        var open = health.WhenOpenAsync(None);
        for (var i = 0; i < 3; i++)
        {
            await Eventually.HoldsAsync(() => _time.HasTimerWithin(TimeSpan.FromSeconds(2)));
            _time.Advance(TimeSpan.FromSeconds(2));
        }
        Assert.False(open.IsCompleted);

        Assert.True(await Store.EnableAsync("orders", None));
        await Eventually.HoldsAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            return open.IsCompleted;
        });
        await open;
        Assert.False(health.IsDisabled);
        Assert.Equal((null, null), await StateAsync());
        Assert.False(await Store.EnableAsync("orders", None));
        Assert.False(await health.FailedAsync(No, None));
    }

    // CH-299
    [SpecFact]
    public async Task One_that_wants_to_be_left_alone_is_for_so_long_and_for_an_hour_at_most()
    {
        var health = Health();
        foreach (var (asked, waits) in new[] { ("90", 90), ("0", 1), ("999999", 3_600) })
        {
            Assert.True(await health.FailedAsync(Answer(429, asked), None));
            var open = health.WhenOpenAsync(None);
            await Eventually.HoldsAsync(() => _time.HasTimerWithin(TimeSpan.FromSeconds(waits)));
            _time.Advance(TimeSpan.FromSeconds(waits) - TimeSpan.FromTicks(1));
            Assert.False(open.IsCompleted);
            _time.Advance(TimeSpan.FromTicks(1));
            await open.WaitAsync(Bounds.Wait);
        }
        var date = _time.GetUtcNow().AddSeconds(30).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(TimeSpan.FromSeconds(30), Answer(503, date).RetryAfter);
    }

    // CH-299
    [SpecFact]
    public async Task What_waits_for_the_end_of_a_rest_waits_on_where_another_post_was_told_that_it_is_gone()
    {
        var health = Health();
        await health.FailedAsync(Answer(429, "90"), None);
        var open = health.WhenOpenAsync(None);
        await Eventually.HoldsAsync(() => _time.HasTimerWithin(TimeSpan.FromSeconds(90)));
        Assert.True(await health.FailedAsync(Answer(410), None));
        _time.Advance(TimeSpan.FromSeconds(90));
        await Eventually.HoldsAsync(() => open.IsCompleted || _time.HasTimerWithin(TimeSpan.FromSeconds(2)));
        Assert.False(open.IsCompleted);
        await Store.EnableAsync("orders", None);
        await Eventually.HoldsAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            return open.IsCompleted;
        });
    }

    // CH-299
    [SpecFact]
    public async Task A_rest_lasts_where_the_same_instance_goes_on_and_ends_where_somebody_moved_it()
    {
        var health = Health();
        health.Begin(4);
        await health.FailedAsync(Answer(429, "90"), None);
        health.Begin(5);
        var open = health.WhenOpenAsync(None);
        await Eventually.HoldsAsync(() => _time.HasTimerWithin(TimeSpan.FromSeconds(90)));
        Assert.False(open.IsCompleted);
        health.Begin(7);
        await health.WhenOpenAsync(None).WaitAsync(Bounds.Wait);
        _time.Advance(TimeSpan.FromSeconds(90));
        await open.WaitAsync(Bounds.Wait);
    }

    [SpecFact]
    public async Task One_that_works_costs_no_write()
    {
        await Health().SucceededAsync(None);
        Assert.Empty(await Store.ListAsync(None));
    }

    private WebhookHealth Health() =>
        new("orders", Store, _time, new LoggerFactory([_logs]).CreateLogger<WebhookHealth>());

    private WebhookAnswer Answer(int status, string? retryAfter = null)
    {
        using var answer = new HttpResponseMessage((System.Net.HttpStatusCode)status);
        if (retryAfter is not null) answer.Headers.Add("Retry-After", retryAfter);
        return WebhookAnswer.Of(answer, "example.org", _time.GetUtcNow());
    }

    private async Task<(DateTimeOffset? FailingSince, DateTimeOffset? DisabledAt)> StateAsync()
    {
        var row = await Store.FindAsync("orders", None);
        return (row.FailingSince, row.DisabledAt);
    }
}
