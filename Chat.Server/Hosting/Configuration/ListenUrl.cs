using Chat.Server.Configuration;

namespace Chat.Server.Hosting.Configuration;

/// <summary>Where the server listens when neither --urls, ASPNETCORE_URLS nor Kestrel:Endpoints says so.</summary>
internal static class ListenUrl
{
    public const int DefaultPort = 8080;

    /// <returns>The URL for <c>PORT</c> on every address, IPv4 and IPv6; null when ASP.NET's own settings
    /// decide.</returns>
    public static string? Resolve(IConfiguration configuration)
    {
        if (!string.IsNullOrEmpty(configuration[SettingName.Urls])
            || configuration.GetSection(SettingName.KestrelEndpoints).Exists())
            return null;
        return $"http://*:{Port(configuration)}";
    }

    public static int Port(IConfiguration configuration)
    {
        var text = configuration[SettingName.Port];
        return string.IsNullOrWhiteSpace(text) ? DefaultPort : PortNumber.Parse(SettingName.Port, text.Trim());
    }
}
