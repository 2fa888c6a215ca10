using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Presence;

/// <summary>Settings <c>Chat:Presence</c>: who is online.</summary>
internal sealed class PresenceOptions : IValidatableObject
{
    /// <summary>Seconds that a user stays online after the last connection ended. Default 5, so that a reconnect does
    /// not show.</summary>
    [Range(0, 300)]
    public int LingerSeconds { get; set; } = 5;

    /// <summary>Seconds that a client of the REST room stays online after its last request. Default 45. While it polls
    /// it is online anyway.</summary>
    [Range(1, 3_600)]
    public int RestSeconds { get; set; } = 45;

    /// <summary>Seconds between heartbeats to the other instances. Default 5.</summary>
    [Range(1, 300)]
    public int HeartbeatSeconds { get; set; } = 5;

    /// <summary>Seconds after which an instance without a heartbeat is removed with all its users. Default 15; at least
    /// twice the heartbeat.</summary>
    [Range(2, 3_600)]
    public int LeaseSeconds { get; set; } = 15;

    /// <summary>Changes are reported only in conversations with at most this number of participants (in a public one:
    /// users online), and to users with at most this number of contacts. Default 256. It bounds the cost of many users
    /// coming online at once, because each is reported to each.</summary>
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
