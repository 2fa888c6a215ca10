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
}
