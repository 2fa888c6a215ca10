using System.Globalization;

namespace Chat.Contracts.Rules;

/// <summary>What a whole number must be.</summary>
/// <param name="Field">The field that holds it.</param>
/// <param name="Least">The smallest that is allowed.</param>
/// <param name="Most">The largest that is allowed.</param>
public sealed record NumberRule(ChatField Field, long Least, long Most = long.MaxValue)
{
    /// <summary>The text of the refusal, where it says more than what is allowed.</summary>
    public Func<NumberRule, FormattableString>? Words { get; init; }

    /// <summary>Null when the number is allowed, or absent.</summary>
    public RuleViolation? Check(long? value) => value < Least || value > Most ? Violation() : null;

    /// <summary>Reads decimal digits. Null when the number is allowed, or absent.</summary>
    public RuleViolation? Parse(string? text, out long? value)
    {
        value = null;
        if (string.IsNullOrEmpty(text)) return null;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Violation();
        value = number;
        return Check(number);
    }

    /// <summary>The refusal of everything else.</summary>
    public RuleViolation Violation() => Words is not null
        ? new(Field, Words(this))
        : Most == long.MaxValue
        ? new(Field, $"{Field} must be a whole number, {Least} or more")
        : new(Field, $"{Field} must be a whole number from {Least} to {Most}");
}
