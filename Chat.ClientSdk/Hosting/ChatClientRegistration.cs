using System.Diagnostics.Metrics;
using Chat.ClientSdk.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chat.ClientSdk;

/// <summary>Adds a <see cref="ChatClient"/> to a host.</summary>
public static class ChatClientRegistration
{
    /// <summary>Adds one <see cref="ChatClient"/> for the whole application. The host starts and stops it; the host
    /// fails to start when the options are invalid.</summary>
    /// <remarks>Logger factory, clock and meter factory come from the host, unless the options name others. The host
    /// also starts while the server is not available: the client keeps connecting. When called again, the first
    /// registration counts.</remarks>
    /// <param name="services">Where to.</param>
    /// <param name="options">Creates the options, once; it may use the host's services, for instance its
    /// configuration.</param>
    /// <param name="startWithHost">False: the options are checked when the host starts, but the application calls
    /// <see cref="ChatClient.StartAsync"/> itself. Default true.</param>
    /// <exception cref="OptionsValidationException">When the host starts: the options are invalid. The message lists
    /// every problem and what is allowed.</exception>
    public static IServiceCollection AddChatClient(
        this IServiceCollection services, Func<IServiceProvider, ChatClientOptions> options, bool startWithHost = true)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(provider => new ChatClient(Check(FromHost(options(provider), provider))));
        services.AddSingleton<IHostedService>(
            provider => new HostedChatClient(provider.GetRequiredService<ChatClient>(), startWithHost));
        return services;
    }

    /// <summary>Adds a health check of the <see cref="ChatClient"/>: healthy while connected; degraded while
    /// connecting; unhealthy when the client gave up or was not started.</summary>
    /// <param name="builder">What <c>AddHealthChecks</c> returned.</param>
    /// <param name="name">The name of the check. Default <c>chat_client</c>.</param>
    /// <param name="tags">Tags of the check. Default none.</param>
    public static IHealthChecksBuilder AddChatClientHealthCheck(
        this IHealthChecksBuilder builder, string name = "chat_client", IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name,
            provider => new ChatClientHealthCheck(provider.GetRequiredService<ChatClient>()), failureStatus: null,
            tags));
    }

    private static ChatClientOptions FromHost(ChatClientOptions options, IServiceProvider provider) => options with
    {
        LoggerFactory = options.LoggerFactory == NullLoggerFactory.Instance
            ? provider.GetService<ILoggerFactory>() ?? options.LoggerFactory
            : options.LoggerFactory,
        TimeProvider = options.TimeProvider == TimeProvider.System
            ? provider.GetService<TimeProvider>() ?? options.TimeProvider
            : options.TimeProvider,
        MeterFactory = options.MeterFactory ?? provider.GetService<IMeterFactory>(),
    };

    private static ChatClientOptions Check(ChatClientOptions options)
    {
        var problems = OptionsCheck.Problems(options).ToList();
        return problems.Count == 0
            ? options
            : throw new OptionsValidationException(nameof(ChatClientOptions), typeof(ChatClientOptions), problems);
    }
}
