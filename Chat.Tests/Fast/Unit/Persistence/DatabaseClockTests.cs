using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using CsCheck;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Unit.Persistence;

/// <summary>The time of day is the database's, whatever this machine's clock says.</summary>
public sealed class DatabaseClockTests
{
    private readonly ManualTime _machine = new();
    private readonly RecordedLogs _logs = new();
    private readonly DatabaseClock _clock;

    public DatabaseClockTests()
    {
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(_logs));
        _clock = new DatabaseClock(new InstanceClock(_machine), logging.CreateLogger<DatabaseClock>());
    }

    [Fact]
    public void Until_the_database_was_asked_it_is_the_machines()
    {
        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
        _machine.Advance(TimeSpan.FromHours(1));
        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-90)]
    [InlineData(0.01)]
    public void Then_it_is_the_databases_and_goes_on_with_the_machines_timestamps(double ahead)
    {
        var database = _machine.GetUtcNow() - TimeSpan.FromSeconds(ahead);
        _clock.Read(database, _clock.GetTimestamp());
        Assert.Equal(database, _clock.GetUtcNow());
        _machine.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(database.AddSeconds(7), _clock.GetUtcNow());
    }

    [Fact]
    public void It_is_never_further_off_than_the_quickest_answer_took() => Gen.Select(
        Gen.Int[-7_200, 7_200], Gen.Select(Gen.Int[0, 3_000], Gen.Int[0, 3_000]).Array[1, 20]).Sample((off, answers) =>
    {
        var machine = new ManualTime();
        var clock = new DatabaseClock(new InstanceClock(machine),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<DatabaseClock>.Instance);
        var database = () => machine.GetUtcNow().AddSeconds(off);
        var quickest = TimeSpan.MaxValue;
        foreach (var (there, back) in answers)
        {
            var asked = clock.GetTimestamp();
            machine.Advance(TimeSpan.FromMilliseconds(there));
            var answer = database();
            machine.Advance(TimeSpan.FromMilliseconds(back));
            clock.Read(answer, asked);
            quickest = TimeSpan.FromMilliseconds(Math.Min(quickest.TotalMilliseconds, there + back));
            Assert.InRange((clock.GetUtcNow() - database()).Duration(), TimeSpan.Zero, quickest);
        }
    });

    [Fact]
    public void A_database_whose_clock_was_set_is_followed()
    {
        var database = _machine.GetUtcNow();
        _clock.Read(database, _clock.GetTimestamp());
        foreach (var set in new[] { database.AddHours(5), database.AddHours(-5) })
        {
            _clock.Read(set, _clock.GetTimestamp());
            Assert.Equal(set, _clock.GetUtcNow());
        }
    }

    [Fact]
    public void A_clock_that_is_far_off_is_said_once_and_so_is_that_it_agrees_again()
    {
        var database = _machine.GetUtcNow();
        foreach (var ahead in new[] { 1.0, 90, 90.5, 91, 3_600, 0.5, 0.1 })
            _clock.Read(database.AddSeconds(-ahead), _clock.GetTimestamp());
        Assert.Equal([2010, 2010, 2011], _logs.All.Select(log => log.Id.Id));
        Assert.Contains("90 s ahead", _logs.All.First().Text, StringComparison.Ordinal);
    }
}
