using Chat.Server.Configuration;

namespace Chat.Server.Hosting.Configuration;

/// <summary>Finds unknown settings below <c>Chat:</c>: a misspelled one would otherwise silently have no
/// effect.</summary>
internal static class UnknownSettings
{
    private const string Root = "Chat";

    /// <exception cref="ConfigurationException">Names each of them, and what may be meant.</exception>
    public static void Refuse(IConfiguration configuration)
    {
        var unknown = ValuesBelow(configuration.GetSection(Root)).Where(path => !SettingNames.IsKnown(path))
            .Select(SettingNames.Problem).ToArray();
        if (unknown.Length > 0) throw new ConfigurationException(unknown);
    }

    private static IEnumerable<string> ValuesBelow(IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            if (!string.IsNullOrEmpty(child.Value)) yield return child.Path;
            foreach (var below in ValuesBelow(child)) yield return below;
        }
    }
}
