using System.Diagnostics.Metrics;
using Chat.Server.Callers;
using Chat.Server.Observability;

namespace Chat.Server.Revocations;

/// <summary>How many users this instance does not serve, and how old its knowledge of them is.</summary>
internal sealed class RevocationMetrics
{
    public RevocationMetrics(IMeterFactory meters, Admission admission)
    {
        var meter = meters.Create(ChatMetrics.MeterName);
        meter.CreateObservableGauge("chat.revocations", () => admission.Revoked.Users, "{user}",
            "Users of whom tokens are refused");
        meter.CreateObservableGauge("chat.revocations.age",
            () => admission.Known is null ? 0 : admission.Age.TotalSeconds, "s",
            "Since the last reading of revocations began");
    }
}
