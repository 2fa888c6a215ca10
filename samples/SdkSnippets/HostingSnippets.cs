using Chat.ClientSdk;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SdkSnippets;

/// <summary>The code of docs/sdk.md about hosts.</summary>
internal static class HostingSnippets
{
    public static void Add(IServiceCollection services)
    {
        services.AddChatClient(provider =>
            ChatClientOptions.ForServer(new Uri(provider.GetRequiredService<IConfiguration>()["Chat:Server"]!)) with
            {
                AccessTokenProvider = provider.GetRequiredService<ITokens>().GetAsync,
            });
        services.AddHealthChecks().AddChatClientHealthCheck();
    }
}
