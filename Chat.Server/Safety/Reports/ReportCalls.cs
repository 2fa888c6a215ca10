namespace Chat.Server.Safety.Reports;

/// <summary>What every transport calls about reports.</summary>
internal sealed record ReportCalls(Reporting Reporting, ReportQueue Queue);
