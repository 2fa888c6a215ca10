using Chat.Server.FanOut.Backplane.Redis;
using Chat.Tests.Fixtures;
using FluentAssertions;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Unit.FanOut.Backplane;

/// <summary>Whose messages are believed. CH-133.</summary>
public sealed class FrameSealTests : IDisposable
{
    private readonly Guid _id = Guid.NewGuid();
    private readonly ManualTime _time = new();
    private readonly RecordedLogs _logs = new();
    private readonly MetricsHarness _metrics = new();

    public void Dispose()
    {
        _metrics.Dispose();
        _logs.Dispose();
    }

    [Fact]
    public void Frames_sealed_by_one_instance_are_opened_by_the_others_of_its_deployment()
    {
        var row = new DeploymentDouble(_id);
        var (one, other) = (Make(row), Make(row));
        var framed = one.Close("hello"u8);
        other.TryOpen(framed, out var message).Should().BeTrue();
        message.ToArray().Should().Equal("hello"u8.ToArray());
        one.TryOpen(framed, out _).Should().BeFalse("it wrote that itself");
        one.Tag.Should().Be(other.Tag);
        Foreign().Should().Be(0);
    }

    [Fact]
    public void Foreign_messages_are_dropped_counted_and_reported_once()
    {
        var mine = Make(new DeploymentDouble(_id));
        _time.Advance(TimeSpan.FromMinutes(1));
        var stranger = Make(new DeploymentDouble(Guid.NewGuid(), key: 2));
        var copy = Make(new DeploymentDouble(_id)); // same id and key, another generation
        var row = new DeploymentDouble(_id);
        var changed = Make(row).Close("hello"u8);
        changed[^1] ^= 1;
        byte[][] frames = [stranger.Close("x"u8), copy.Close("x"u8), changed, [], [1, 2, 3], new byte[64]];
        foreach (var frame in frames) mine.TryOpen(frame, out _).Should().BeFalse();
        Make(row).TryOpen(changed, out _).Should().BeFalse();
        stranger.Tag.Should().NotBe(mine.Tag);
        Foreign().Should().Be(frames.Length + 1);
        _logs.All.Count(log => log.Level == LogLevel.Warning).Should().Be(1);
    }

    [Fact]
    public async Task After_another_generation_the_instances_that_know_it_understand_each_other()
    {
        var row = new DeploymentDouble(_id);
        var (identity, late) = (row.Identify(_metrics), row.Identify(_metrics));
        var (one, other) = (Make(identity), Make(late));
        await identity.DrawAsync(CancellationToken.None);
        other.TryOpen(one.Close("hello"u8), out _).Should().BeFalse();
        await late.CheckAsync(CancellationToken.None);
        other.TryOpen(one.Close("hello"u8), out _).Should().BeTrue();
        _logs.All.Should().BeEmpty("a moment of two generations is no news");
        other.Tag.Should().Be(one.Tag, "the channels stay");
    }

    private FrameSeal Make(DeploymentDouble row) => Make(row.Identify(_metrics));

    private FrameSeal Make(Chat.Server.FanOut.LogIdentity identity)
    {
        var factory = LoggerFactory.Create(logging => logging.AddProvider(_logs));
        return new FrameSeal(identity, _metrics.Metrics, _time, factory.CreateLogger<FrameSeal>());
    }

    private double Foreign() => _metrics.Scrape().TryGetValue("chat_backplane_foreign_total", out var counted)
        ? counted.Samples.Sum(sample => sample.Value)
        : 0;
}
