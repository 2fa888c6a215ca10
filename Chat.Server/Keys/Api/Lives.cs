using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Keys.Api;

/// <summary>How long keys and tokens live, in seconds as back ends give it.</summary>
internal static class Lives
{
    /// <summary>Of a key: a hundred years.</summary>
    private const long MostOfKey = 100L * 366 * 24 * 3600;

    public static RuleViolation WrongExpiry() => Wrong("expiresIn", MostOfKey);

    public static RuleViolation WrongTtl() =>
        new(new ChatField("ttl"), $"{new ChatField("ttl")} must be a whole number of seconds");

    public static TimeSpan? OfKey(long? seconds) =>
        seconds is null ? null
        : seconds is > 0 and <= MostOfKey ? TimeSpan.FromSeconds(seconds.Value)
        : throw new ChatException(WrongExpiry());

    /// <param name="seconds">What was given; null: nothing.</param>
    /// <param name="unlessGiven">How long then.</param>
    /// <param name="most">How long at most.</param>
    public static TimeSpan OfToken(long? seconds, TimeSpan unlessGiven, TimeSpan most) =>
        seconds is null ? unlessGiven
        : seconds > 0 && seconds <= (long)most.TotalSeconds ? TimeSpan.FromSeconds(seconds.Value)
        : throw new ChatException(Wrong("ttl", (long)most.TotalSeconds));

    private static RuleViolation Wrong(string field, long most) =>
        new(new ChatField(field), $"{new ChatField(field)} must be a number of seconds from 1 to {most}");
}
