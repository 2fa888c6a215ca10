namespace Chat.Server.Connections;

/// <summary>How long this process has run without a pause: it may be stopped, and so may its machine. What clients sent
/// meanwhile is still in buffers: they are not silent, they have not been heard yet.</summary>
/// <param name="time">What is measured with.</param>
/// <param name="pause">Nothing for so long between two beats is a pause; more than they are apart.</param>
internal sealed class AwakeTime(TimeProvider time, TimeSpan pause)
{
    private long _last = time.GetTimestamp();
    private long? _since;

    /// <summary>Called again and again, by one caller at a time.</summary>
    /// <returns>The time since the last pause; <see cref="TimeSpan.MaxValue"/>: there was none.</returns>
    public TimeSpan Beat()
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(_last, now) > pause) _since = now;
        _last = now;
        return _since is { } since ? time.GetElapsedTime(since, now) : TimeSpan.MaxValue;
    }
}
