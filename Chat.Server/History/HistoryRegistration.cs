using Chat.Server.History.Store;

namespace Chat.Server.History;

internal static class HistoryRegistration
{
    /// <summary>The history of other systems, into a chat that runs.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services) =>
        services.AddSingleton<HistoryStore>().AddSingleton<HistoryImport>();
}
