using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.FanOut.Signals;

/// <summary>Settings <c>Chat:Signals</c>: notifications that may be lost.</summary>
internal sealed class SignalsOptions : IValidatableObject
{
    /// <summary>Milliseconds in which repeats of typing by the same user in the same conversation are ignored. Default
    /// 2,000; 0 ignores none.</summary>
    [Range(0, 60_000)]
    public int TypingThrottleMilliseconds { get; set; } = 2_000;

    /// <summary>Milliseconds after which typing ends when it is not repeated. Default 6,000; the end shows at most a
    /// twelfth later. Longer than the throttle.</summary>
    [Range(500, 600_000)]
    public int TypingExpiryMilliseconds { get; set; } = 6_000;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TypingExpiryMilliseconds <= TypingThrottleMilliseconds)
            yield return new ValidationResult(
                $"The field SignalsOptions.TypingExpiryMilliseconds must be more than TypingThrottleMilliseconds, "
                    + $"which is {TypingThrottleMilliseconds}.");
    }
}

[OptionsValidator]
internal sealed partial class SignalsOptionsValidator : IValidateOptions<SignalsOptions>;
