using Chat.Server.Callers;
using Chat.Server.FanOut.Backplane;
using Chat.Server.Safety.Reports.Store;
using Chat.Server.Tasks;

namespace Chat.Server.Safety.Reports;

internal static class ReportsRegistration
{
    /// <summary>Reports of users to moderators.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddSingleton<ReportStore>();
        services.AddSingleton<ReportedEntries>();
        services.AddBackplaneTopic<ReportChanges>();
        services.AddSingleton<Reporting>();
        services.AddSingleton<ReportQueue>();
        services.AddSingleton<ReportCalls>();
        services.AddSingleton<IUserTraces, ReportTraces>();
        services.AddHostedService<ReportPusher>();
        return services.AddPeriodicTask<ReportCleanup>(ReportCleanup.Type, ReportCleanup.Interval);
    }
}
