using Chat.Server.Tasks;
using Microsoft.Extensions.Options;

namespace Chat.Server.Retention;

internal static class RetentionRegistration
{
    /// <summary>Erases content that is older than configured: settings <c>Chat:Retention</c>.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RetentionOptions, RetentionOptionsValidator>()
            .BindConfiguration("Chat:Retention");
        services.AddSingleton(p => p.GetRequiredService<IOptions<RetentionOptions>>().Value);
        services.AddSingleton<RetentionContext>().AddSingleton<RetentionStore>();
        return services.AddPeriodicTask<MessageRetention>(MessageRetention.Type, MessageRetention.Interval);
    }
}
