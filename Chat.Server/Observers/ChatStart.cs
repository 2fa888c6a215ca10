using System.Globalization;

namespace Chat.Server;

/// <summary>Where in the log an observer begins.</summary>
public readonly record struct ChatStart
{
    private readonly bool _isAt;

    private ChatStart(DateTimeOffset time) => (_isAt, Time) = (true, time);

    /// <summary>At what is committed from now on.</summary>
    public static ChatStart Now => default;

    /// <summary>At the first entry that is stored.</summary>
    public static ChatStart Beginning => new(DateTimeOffset.MinValue);

    /// <summary>The first time that it is shown; null: now.</summary>
    internal DateTimeOffset? At => _isAt ? Time : null;

    private DateTimeOffset Time { get; }

    /// <summary>At the entries that were stored at this time or later. Some that were stored before come too.
    /// </summary>
    public static ChatStart From(DateTimeOffset time) => new(time);

    /// <summary>As requests say it: <c>now</c>, <c>beginning</c>, or a time, of UTC unless it says otherwise; null: it
    /// is none of these.</summary>
    internal static ChatStart? Parse(string? text) => text switch
    {
        "now" => Now,
        "beginning" => Beginning,
        not null when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => From(time),
        _ => null,
    };
}
