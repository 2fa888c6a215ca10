using Chat.Server.Observers;
using Chat.Server.Policies;
using Chat.Server.Webhooks.Api;
using Chat.Server.Webhooks.Posting;
using Chat.Server.Webhooks.Store;

namespace Chat.Server.Webhooks;

internal static class WebhooksRegistration
{
    /// <summary>Endpoints that are told of entries, and the one that is asked before a message is stored: settings
    /// <c>Chat:Webhooks</c>.</summary>
    /// <exception cref="Configuration.ConfigurationException">Some cannot be used.</exception>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        var all = AllWebhooks.Read(configuration);
        services.AddObserverStores();
        services.AddSingleton(all);
        services.AddSingleton<WebhookHttp>();
        services.AddSingleton<WebhookStore>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<WebhookObservers>();
        services.AddSingleton<WebhookDesk>();
        services.AddSingleton<WebhookEndpoints>();
        foreach (var one in all.Endpoints)
            services.AddObserver(new ObserverRegistration(one.Observer,
                // One by one: what was taken is not posted again because of what comes behind it.
                new ChatObserverOptions { BatchSize = 1, Concurrency = one.AtOnce, Kinds = one.Kinds },
                provider => provider.GetRequiredService<WebhookObservers>().Of(one.Name))
            {
                Begins = (provider, epoch) =>
                    provider.GetRequiredService<WebhookObservers>().Of(one.Name).Health.Begin(epoch),
            });
        return all.BeforeSend is { } asked
            ? services.AddSingleton(asked).AddPolicy<BeforeSendWebhook>(
                options => (options.Budget, options.OnFailure) = (asked.Budget, asked.OnFailure))
            : services;
    }
}
