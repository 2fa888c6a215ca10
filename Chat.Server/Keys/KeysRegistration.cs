using Chat.Server.Keys.Store;

namespace Chat.Server.Keys;

internal static class KeysRegistration
{
    /// <summary>Keys of back ends, and the tokens that these give their users.</summary>
    public static IServiceCollection AddKeys(this IServiceCollection services) => services
        .AddSingleton<CredentialStore>()
        .AddSingleton<Credentials<ApiKeyRow>>()
        .AddSingleton<Credentials<UserTokenRow>>()
        .AddSingleton<KeyMaker>()
        .AddSingleton<TokenMaker>();
}
