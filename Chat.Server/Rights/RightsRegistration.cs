using Chat.Server.Rights.Store;
using Microsoft.Extensions.Options;

namespace Chat.Server.Rights;

internal static class RightsRegistration
{
    /// <summary>Roles, and what they let users do with conversations: settings <c>Chat:Conversations</c>.</summary>
    public static IServiceCollection AddRights(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ConversationsOptions, ConversationsOptionsValidator>()
            .BindConfiguration("Chat:Conversations");
        services.AddSingleton(p => p.GetRequiredService<IOptions<ConversationsOptions>>().Value);
        services.AddSingleton<RightsStore>();
        services.AddSingleton<RightsLog>();
        services.AddSingleton<CreationCheck>();
        services.AddSingleton<Creation>();
        services.AddSingleton<Membership>();
        services.AddSingleton<Roles>();
        services.AddSingleton<Settings>();
        services.AddSingleton<ParticipantList>();
        services.AddSingleton<AmendmentContext>();
        services.AddSingleton<Amendments>();
        services.AddSingleton<Pinning>();
        services.AddSingleton<Reacting>();
        services.AddSingleton<ConversationRights>();
        return services;
    }
}
