using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Presence;

/// <summary>Settings <c>Chat:Presence</c>: who is online.</summary>
public sealed class PresenceOptions : IValidatableObject
{
    /// <summary>Seconds that a user stays online after the last connection ended. Default 5, so that a reconnect is not
    /// seen.</summary>
    [Range(0, 300)]
    public int LingerSeconds { get; set; } = 5;

    /// <summary>Seconds that a client of the REST room stays online after it was heard from. Default 45. While it polls
    /// it is online anyway.</summary>
    [Range(1, 3_600)]
    public int RestSeconds { get; set; } = 45;

    /// <summary>Seconds between two signs of life to the other instances. Default 5.</summary>
    [Range(1, 300)]
    public int HeartbeatSeconds { get; set; } = 5;

    /// <summary>Seconds after which an instance that gave no sign of life is forgotten with all its users. Default 15;
    /// at least twice the heartbeat.</summary>
    [Range(2, 3_600)]
    public int LeaseSeconds { get; set; } = 15;

    /// <summary>Changes are reported only in conversations with at most so many participants (in a public one: users
    /// online), and to users with at most so many contacts. Default 256. It bounds what many users that come at once
    /// can cost: each is reported to each.</summary>
    [Range(0, 10_000)]
    public int WatchLimit { get; set; } = 256;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LeaseSeconds < 2 * HeartbeatSeconds)
            yield return new ValidationResult(
                "The field PresenceOptions.LeaseSeconds must be at least twice PresenceOptions.HeartbeatSeconds.",
                [nameof(LeaseSeconds)]);
    }
}

[OptionsValidator]
internal sealed partial class PresenceOptionsValidator : IValidateOptions<PresenceOptions>;
