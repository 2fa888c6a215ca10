using Chat.Server.Transfer.Store;

namespace Chat.Server.Transfer;

internal static class TransferRegistration
{
    /// <summary>The commands <c>export</c> and <c>import</c>, on the database of <c>AddPersistence</c>.</summary>
    public static IServiceCollection AddTransfer(this IServiceCollection services)
    {
        services.AddSingleton<ExportStore>();
        services.AddSingleton<Export>();
        services.AddSingleton<OtherSessions>();
        services.AddSingleton<ImportMarks>();
        services.AddSingleton<ImportStore>();
        services.AddSingleton<Import>();
        return services;
    }

    /// <summary>The export of a user, on the database of <c>AddPersistence</c>.</summary>
    public static IServiceCollection AddUserExport(this IServiceCollection services) =>
        services.AddSingleton<UserExportStore>().AddSingleton<UserExport>();
}
