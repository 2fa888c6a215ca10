namespace Chat.Server.Persistence;

/// <summary>The time of day as the database has it. All instances compare and write times that others read, so these
/// come from one clock; how far an instance's own is off changes nothing.</summary>
/// <remarks>
/// Only the time of day is the database's. Timers and timestamps are this machine's, which count and do not jump:
/// between two readings the time goes on with them. On SQLite the database is on this machine, and its clock is this
/// one's.
/// <para>A reading says between which two moments the database's answer was true (as in Marzullo and Owicki,
/// "Maintaining the time in a distributed system", 1983). The clock moves as little as that demands, so an answer that
/// took long makes it no worse.</para>
/// </remarks>
internal sealed partial class DatabaseClock(InstanceClock instance, ILogger<DatabaseClock> logger) : TimeProvider
{
    /// <summary>An own clock that is further off than this is worth a line in the log.</summary>
    private static readonly TimeSpan Worth = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private volatile Reading? _reading;
    private TimeSpan _told;

    public override long TimestampFrequency => instance.Time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => instance.Time.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() =>
        _reading is { } reading ? reading.At(instance.Time) : instance.Time.GetUtcNow();

    public override long GetTimestamp() => instance.Time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        instance.Time.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes what the database answered to the question for its time.</summary>
    /// <param name="answer">The database's time, at some moment between the question and now.</param>
    /// <param name="asked">The timestamp from before the question.</param>
    public void Read(DateTimeOffset answer, long asked)
    {
        lock (_gate)
        {
            var took = instance.Time.GetElapsedTime(asked);
            var (timestamp, own) = (instance.Time.GetTimestamp(), instance.Time.GetUtcNow());
            // Now it is at least the answer, and at most that and the time since the question.
            var now = _reading?.At(instance.Time) ?? answer + took / 2;
            if (now < answer) now = answer;
            else if (now > answer + took) now = answer + took;
            _reading = new Reading(now, timestamp);
            Tell(own - now);
        }
    }

    private void Tell(TimeSpan ahead)
    {
        if ((ahead - _told).Duration() <= Worth) return;
        _told = ahead.Duration() > Worth ? ahead : TimeSpan.Zero;
        if (_told == TimeSpan.Zero) Log.Agrees(logger);
        else Log.IsOff(logger, Math.Round(ahead.TotalSeconds, 1));
    }

    private sealed record Reading(DateTimeOffset Time, long Timestamp)
    {
        public DateTimeOffset At(TimeProvider instance) => Time + instance.GetElapsedTime(Timestamp);
    }

    private static partial class Log
    {
        [LoggerMessage(2010, LogLevel.Warning, "The clock of this machine is {Seconds} s ahead of the database's "
            + "(behind it when negative); all times are the database's")]
        public static partial void IsOff(ILogger logger, double seconds);

        [LoggerMessage(2011, LogLevel.Information, "The clock of this machine agrees with the database's again")]
        public static partial void Agrees(ILogger logger);
    }
}
