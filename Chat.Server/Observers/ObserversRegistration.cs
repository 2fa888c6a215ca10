using Chat.Server.Core.MessageLog;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Backplane;
using Chat.Server.Observers.Store;
using Chat.Server.Persistence;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chat.Server.Observers;

internal static class ObserversRegistration
{
    private const int LargestBatch = 5_000, MostAtOnce = 64;

    /// <summary>Shows <typeparamref name="T"/> every entry after its commit: see <see cref="IChatObserver"/>. Each
    /// batch has a scope of its own.</summary>
    /// <param name="services">The application's, with persistence and the core.</param>
    /// <param name="name">Names its mark in the database, 1 to 100 characters. Under another name it is a new one.
    /// </param>
    /// <param name="configure">Changes the defaults.</param>
    /// <exception cref="ArgumentException">The name or an option cannot be used.</exception>
    public static IServiceCollection AddObserver<T>(
        this IServiceCollection services, string name, Action<ChatObserverOptions>? configure = null)
        where T : class, IChatObserver
    {
        var options = new ChatObserverOptions();
        configure?.Invoke(options);
        services.TryAddScoped<T>();
        return services.AddObserver(
            new ObserverRegistration(name, options, static provider => provider.GetRequiredService<T>()));
    }

    /// <summary>The same, of one that is found in another way.</summary>
    /// <exception cref="ArgumentException">The name or an option cannot be used.</exception>
    public static IServiceCollection AddObserver(this IServiceCollection services, ObserverRegistration observer)
    {
        Check(services, observer.Name, observer.Options);
        services.AddSingleton(observer);
        if (!services.Any(service => service.ServiceType == typeof(ObserverHost))) services.AddObservers();
        return services;
    }

    /// <summary>The tables of observers, on the database of <c>AddPersistence</c>. Once is enough.</summary>
    public static IServiceCollection AddObserverStores(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(ObserverStores))) return services;
        services.AddSingleton<ObserverStore>();
        services.AddSingleton<ParkedStore>();
        services.AddSingleton<RewindStore>();
        services.AddSingleton<ObserverStores>();
        services.AddSingleton<ObserverRewinds>();
        services.AddByDatabase<IScanLog, PostgresScanLog, SqliteScanLog>();
        return services.AddByDatabase<IObserverSignals, PostgresObserverSignals, NoObserverSignals>();
    }

    /// <summary>What shows how far observers are, and moves them back; also where none is registered.</summary>
    public static IServiceCollection AddObserverOverview(this IServiceCollection services)
    {
        services.TryAddSingleton<ObserverMetrics>();
        services.AddSingleton<OverviewStore>();
        return services.AddObserverStores();
    }

    private static void AddObservers(this IServiceCollection services)
    {
        services.AddObserverStores();
        services.AddSingleton<ObserverBell>();
        services.AddSingleton<ICommitObserver>(p => p.GetRequiredService<ObserverBell>());
        services.AddBackplaneTopic<ObserverHints>();
        services.TryAddSingleton<ObserverMetrics>();
        services.AddSingleton<ScanReads>();
        services.AddSingleton(p => new ObserverContext(
            p.GetRequiredService<ObserverStores>(), p.GetRequiredService<ScanReads>(),
            p.GetRequiredService<ObserverBell>(), p.GetRequiredService<IServiceScopeFactory>(),
            p.GetRequiredService<ObserverMetrics>(), ct => DrawAsync(p.GetRequiredService<LogIdentity>(), ct),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ObserverHost>>()));
        services.AddSingleton<ObserverHost>();
        services.AddHostedService(p => p.GetRequiredService<ObserverHost>());
        services.AddHostedService<ObserverRelay>();
    }

    private static async Task DrawAsync(LogIdentity identity, CancellationToken ct)
    {
        if (identity.Current is null) await identity.CheckAsync(ct);
        await identity.DrawAsync(ct);
    }

    private static void Check(IServiceCollection services, string name, ChatObserverOptions options)
    {
        if (name.Length is 0 or > ObserverRow.NameLength)
            throw new ArgumentException($"the name of an observer has 1 to {ObserverRow.NameLength} characters",
                nameof(name));
        if (services.Any(service => service.ImplementationInstance is ObserverRegistration known && known.Name == name))
            throw new ArgumentException($"there is an observer {name} already", nameof(name));
        if (options.BatchSize is < 1 or > LargestBatch)
            throw new ArgumentException($"observer {name}: BatchSize is 1 to {LargestBatch}", nameof(options));
        if (options.Concurrency is < 1 or > MostAtOnce)
            throw new ArgumentException($"observer {name}: Concurrency is 1 to {MostAtOnce}", nameof(options));
    }
}
