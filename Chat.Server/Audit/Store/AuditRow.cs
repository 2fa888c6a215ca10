using Chat.Server.Callers;

namespace Chat.Server.Audit.Store;

/// <summary>An entry of the audit as it is stored.</summary>
internal sealed class AuditRow
{
    public const int ActorLength = 300, ActLength = 100, TargetLength = 600, OutcomeLength = 100, RequestLength = 100,
        AddressLength = 64;

    /// <summary>The order in which they were stored.</summary>
    public long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Tenant? Tenant { get; init; }

    public required string Actor { get; init; }

    public required string Act { get; init; }

    public required string Target { get; init; }

    public required string Outcome { get; init; }

    public string? RequestId { get; init; }

    public string? Address { get; init; }
}
