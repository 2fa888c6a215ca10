using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.FanOut.Signals;

/// <summary>Settings <c>Chat:Signals</c>: what is shown soon and may be missed.</summary>
public sealed class SignalsOptions : IValidatableObject
{
    /// <summary>Milliseconds in which a user who says again to be typing in the same conversation is not heard. Default
    /// 2,000; 0 hears all.</summary>
    [Range(0, 60_000)]
    public int TypingThrottleMilliseconds { get; set; } = 2_000;

    /// <summary>Milliseconds after which a typist who does not say it again has ceased to. Default 6,000; it shows at
    /// most a twelfth later. Longer than the throttle.</summary>
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
