using Chat.Server.Configuration;

namespace Chat.Server.Hosting.Configuration;

/// <summary>Where the server listens when neither --urls, ASPNETCORE_URLS nor Kestrel:Endpoints says so.</summary>
internal static class ListenUrl
{
    public const int DefaultPort = 8080;

    /// <param name="configuration">The settings.</param>
    /// <param name="isForAll">Whether programs of other machines may connect.</param>
    /// <returns>The URL for <c>PORT</c> on every address, IPv4 and IPv6, or on those of this machine; null when
    /// ASP.NET's own settings decide.</returns>
    public static string? Resolve(IConfiguration configuration, bool isForAll)
    {
        if (!string.IsNullOrEmpty(configuration[SettingName.Urls])
            || configuration.GetSection(SettingName.KestrelEndpoints).Exists())
            return null;
        return $"http://{(isForAll ? "*" : "localhost")}:{Port(configuration)}";
    }

    /// <summary>The addresses that ASP.NET's own settings name.</summary>
    public static IEnumerable<string> Addresses(IConfiguration configuration) =>
        (configuration[SettingName.Urls] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Concat(configuration.GetSection(SettingName.KestrelEndpoints).GetChildren()
                .Select(endpoint => endpoint["Url"] ?? ""))
            .Where(url => url.Length > 0);

    public static int Port(IConfiguration configuration)
    {
        var text = configuration[SettingName.Port];
        return string.IsNullOrWhiteSpace(text) ? DefaultPort : PortNumber.Parse(SettingName.Port, text.Trim());
    }
}
