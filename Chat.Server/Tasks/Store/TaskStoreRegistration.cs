using Chat.Server.Persistence;

namespace Chat.Server.Tasks.Store;

internal static class TaskStoreRegistration
{
    /// <summary>The queue's tables, on the database of <c>AddPersistence</c>.</summary>
    public static IServiceCollection AddTaskStore(this IServiceCollection services)
    {
        services.AddSingleton<TaskUpkeepStore>();
        services.AddSingleton<TaskAdminStore>();
        services.AddSingleton<JobCursors>();
        services.AddByDatabase<ITaskStore, PostgresTaskStore, SqliteTaskStore>();
        return services.AddByDatabase<ITaskSignals, PostgresTaskSignals, NoTaskSignals>();
    }

    private static IServiceCollection AddByDatabase<TService, TPostgres, TSqlite>(this IServiceCollection services)
        where TService : class where TPostgres : TService where TSqlite : TService =>
        services.AddSingleton<TService>(provider =>
            provider.GetRequiredService<DatabaseSettings>().Kind == DatabaseKind.Postgres
                ? ActivatorUtilities.CreateInstance<TPostgres>(provider)
                : ActivatorUtilities.CreateInstance<TSqlite>(provider));
}
