using Chat.Server.Configuration;
using Chat.Server.Hosting;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Identity;
using Microsoft.AspNetCore.Hosting.Server;

namespace Chat.Server.Embedding;

/// <summary>A chat inside an application: it has a container of its own, so nothing of the application's is replaced,
/// and nothing of its own is seen there.</summary>
/// <remarks>It is composed when it is first asked for, which is after the application was built: only then are all
/// settings known.</remarks>
internal sealed class EmbeddedChat(IServiceProvider host, ChatSetup setup) : IAsyncDisposable, IDisposable
{
    private readonly Lock _gate = new();
    private ServiceProvider? _services;

    /// <summary>Its own services.</summary>
    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public IServiceProvider Services
    {
        get
        {
            lock (_gate) return _services ??= Compose();
        }
    }

    /// <summary>The services of the chat that is among these: its own, or these themselves, where the host is the
    /// chat's program.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static IServiceProvider ServicesIn(IServiceProvider host)
    {
        if (host.GetService<ChatSetup>() is null)
            throw new InvalidOperationException("this application has no chat: call AddChat on its services");
        return host.GetService<EmbeddedChat>()?.Services ?? host;
    }

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? default;

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private ServiceProvider Compose()
    {
        var configuration = Configure();
        UnknownSettings.Refuse(configuration);
        var isChosen = !string.IsNullOrWhiteSpace(configuration[SettingName.IdentityMode]);
        var services = new ServiceCollection();
        AddHost(services, configuration);
        services.AddChatServices(new ChatSettings(
            configuration, isChosen ? ServerMode.Of(configuration) : ServerMode.OfHost,
            setup.Database?.Invoke(host) ?? EmbeddedDatabase.Configured(configuration),
            setup.Redis is { } redis ? RedisSettingsResolver.Parse(nameof(ChatBuilderExtensions.UseRedis), redis)
                : null));
        if (setup.MapUser is { } map) services.AddSingleton(map);
        foreach (var add in setup.Inside ?? []) add(services);
        return services.BuildServiceProvider();
    }

    /// <summary>What the chat takes of the application: its settings, its log, where and how long it runs.</summary>
    private void AddHost(ServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration);
        services.AddSingleton<ILoggerFactory>(new HostLoggers(host.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(new HostServices(host));
        services.AddSingleton(host.GetRequiredService<IHostEnvironment>());
        services.AddSingleton(host.GetRequiredService<IWebHostEnvironment>());
        services.AddSingleton(host.GetRequiredService<IHostApplicationLifetime>());
        if (host.GetService<IServer>() is { } server) services.AddSingleton(server);
        services.AddLogging().AddRouting();
    }

    private IConfiguration Configure()
    {
        var options = setup.ReadOptions();
        var said = options.Settings.ToDictionary(pair => $"Chat:{pair.Key}", pair => pair.Value);
        if (options.MigrateOnStart is { } migrate) said[$"{ServerOptions.Section}:MigrateOnStart"] = $"{migrate}";
        return new ConfigurationBuilder()
            .AddConfiguration(host.GetRequiredService<IConfiguration>())
            .AddInMemoryCollection(said)
            .Build();
    }
}
