using System.Globalization;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Room.Polling;

/// <summary>The parameters of a poll.</summary>
/// <param name="After">Messages with a larger id; null when it was not given.</param>
/// <param name="Since">Messages stored later than this; null when it was not given. Not looked at when
/// <paramref name="After"/> is there.</param>
/// <param name="Limit">How many at most; null for all.</param>
internal readonly record struct PollQuery(long? After, DateTimeOffset? Since, int? Limit)
{
    private static readonly NumberRule AfterId = new(new ChatField("afterId"), 0);
    private static readonly NumberRule MessagesPerAnswer = new(ChatField.Limit, 1, 1_000);

    private static readonly decimal FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly decimal LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <exception cref="ChatException">A parameter is not as allowed; the text names it.</exception>
    public static PollQuery Parse(IQueryCollection query)
    {
        ChatException.ThrowIf(AfterId.Parse(query["after_id"], out var after));
        ChatException.ThrowIf(MessagesPerAnswer.Parse(query["limit"], out var limit));
        return new PollQuery(after, after is null ? ParseSince(query["since"]) : null, (int?)limit);
    }

    /// <summary>Unix seconds. Decimal, because a double cannot hold current times in microseconds.</summary>
    private static DateTimeOffset? ParseSince(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var isTime = decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var seconds)
            && seconds >= FirstSecond && seconds <= LastSecond;
        if (!isTime) throw ChatException.BadRequest("invalid since parameter");
        return DateTimeOffset.UnixEpoch.AddTicks((long)decimal.Floor(seconds * TimeSpan.TicksPerSecond));
    }
}
