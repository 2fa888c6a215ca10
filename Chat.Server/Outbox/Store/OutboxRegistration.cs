using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Chat.Server.Outbox.Store;

/// <summary>Where an application says which context has an outbox.</summary>
internal static class OutboxRegistration
{
    /// <summary>Sends what transactions of this context leave in its outbox.</summary>
    /// <param name="services">The application's services, which have the context.</param>
    /// <param name="chat">The services of the chat among them.</param>
    public static IServiceCollection AddOutbox<TContext>(
        this IServiceCollection services, Func<IServiceProvider, IServiceProvider> chat) where TContext : DbContext
    {
        var bell = new OutboxBell();
        services.ConfigureDbContext<TContext>(options => options.AddInterceptors(new OutboxInterceptor(bell)));
        services.AddSingleton<OutboxStore<TContext>>();
        services.AddSingleton<IOutboxStore>(provider => provider.GetRequiredService<OutboxStore<TContext>>());
        services.AddSingleton<IHostedService>(provider => new OutboxPump(
            provider.GetRequiredService<OutboxStore<TContext>>(), bell,
            new OutboxLog(() => chat(provider)), TimeProvider.System,
            provider.GetRequiredService<ILogger<OutboxPump>>()));
        return services;
    }
}
