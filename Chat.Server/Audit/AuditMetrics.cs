using System.Diagnostics.Metrics;
using Chat.Server.Observability;

namespace Chat.Server.Audit;

/// <summary>Counts entries of the audit that were not stored.</summary>
internal sealed class AuditMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _dropped = meters.Create(ChatMetrics.MeterName).CreateCounter<long>(
        "chat.audit.dropped", "{entry}", "Entries of the audit that found no room, or were refused by the database");

    public void Dropped(int count = 1) => _dropped.Add(count);
}
