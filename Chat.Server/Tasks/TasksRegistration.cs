using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Chat.Server.Tasks.Store;
using Microsoft.Extensions.Options;

namespace Chat.Server.Tasks;

internal static class TasksRegistration
{
    /// <summary>The background queue: settings <c>Chat:Tasks</c>, or go-chatty's <c>ASYNQ_CONCURRENCY</c> and
    /// <c>ASYNQ_QUEUES</c>.</summary>
    /// <remarks>After <c>AddChatCore</c>: services stop in reverse, so tasks can use it to their end.</remarks>
    public static IServiceCollection AddTasks(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<TasksOptions, TasksOptionsValidator>()
            .Configure<IConfiguration>(ReadOldNames).BindConfiguration("Chat:Tasks");
        services.AddSingleton(p => p.GetRequiredService<IOptions<TasksOptions>>().Value);
        services.AddTaskStore();
        services.AddSingleton<TaskMetrics>();
        services.AddSingleton<TaskStats>();
        services.AddSingleton<TaskQueues>();
        services.AddSingleton<TaskBell>();
        services.AddSingleton<TaskIntake>();
        services.AddSingleton<TaskRunner>();
        services.AddSingleton<WorkerSlots>();
        services.AddSingleton<RunningTasks>();
        services.AddSingleton<ITaskQueue, TaskQueue>();
        services.AddHostedService(p => p.GetRequiredService<TaskIntake>());
        services.AddHostedService<TaskBellRelay>();
        services.AddHostedService<TaskWorker>();
        services.AddHostedService<PeriodicTasks>();
        services.AddHostedService<TaskDepths>();
        services.AddPeriodicTask<TaskCleanup>(TaskCleanup.Type, TaskCleanup.Interval);
        return services;
    }

    /// <summary>Registers <typeparamref name="THandler"/> for the tasks of this type, whose payload is JSON.</summary>
    /// <param name="services">The application's.</param>
    /// <param name="type">The type's name.</param>
    /// <param name="json">How the payload is read.</param>
    /// <param name="shown">See <see cref="TaskType.Shown"/>.</param>
    public static IServiceCollection AddTaskHandler<TPayload, THandler>(
        this IServiceCollection services, string type, Func<JsonTypeInfo<TPayload>> json,
        Func<byte[], byte[]>? shown = null)
        where THandler : class, ITaskHandler<TPayload> =>
        services.AddSingleton<THandler>().AddSingleton<TaskType>(
            new JsonTaskType<TPayload, THandler>(type, json) { Shown = shown });

    /// <summary>The same for the code of an application, which names a task by its payload.</summary>
    /// <exception cref="ArgumentException">The type or the payload is that of other tasks.</exception>
    public static IServiceCollection AddTaskHandlerOf<TPayload, THandler>(
        this IServiceCollection services, string type, JsonTypeInfo<TPayload> json)
        where THandler : class, ITaskHandler<TPayload>
    {
        if (services.Any(one => one.ImplementationInstance is TaskType known && known.Name == type))
            throw new ArgumentException($"there are tasks of the type {type} already", nameof(type));
        if (services.Any(one => one.ImplementationInstance is TaskContent<TPayload>))
            throw new ArgumentException($"there are tasks with a {typeof(TPayload).Name} already", nameof(type));
        return services.AddSingleton(new TaskContent<TPayload>(type, json))
            .AddTaskHandler<TPayload, THandler>(type, () => json);
    }

    /// <summary>Registers <typeparamref name="THandler"/> for the tasks of this type, whose payload is bytes.</summary>
    public static IServiceCollection AddTaskHandler<THandler>(this IServiceCollection services, string type)
        where THandler : class, ITaskHandler<byte[]> =>
        services.AddSingleton<THandler>().AddSingleton<TaskType>(new RawTaskType<THandler>(type));

    /// <summary>The same, and one such task is due in every interval, once for all instances.</summary>
    public static IServiceCollection AddPeriodicTask<THandler>(
        this IServiceCollection services, string type, TimeSpan interval)
        where THandler : class, ITaskHandler<byte[]> =>
        services.AddTaskHandler<THandler>(type).AddSingleton(new PeriodicTask(type, interval));

    private static void ReadOldNames(TasksOptions options, IConfiguration configuration)
    {
        if (configuration["ASYNQ_QUEUES"] is { Length: > 0 } queues) options.Queues = queues;
        if (configuration["ASYNQ_CONCURRENCY"] is { Length: > 0 } text)
            // refused with the range
            options.Concurrency = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture,
                out var concurrency) ? concurrency : -1;
    }
}
