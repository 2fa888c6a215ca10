using Chat.Server.Callers;
using Chat.Server.Safety.Reports.Store;

namespace Chat.Server.Safety.Reports;

/// <summary>What an erased user wrote in reports goes; that there was a report stays.</summary>
internal sealed class ReportTraces(ReportStore store) : IUserTraces
{
    public Task ForgetAsync(UserKey user, CancellationToken ct) => store.EraseReasonsAsync(user, ct);
}
