using Chat.Server.Configuration;

namespace Chat.Server.Hosting.Configuration;

/// <summary>Settings that are files of a folder, as orchestrators mount secrets: the file's name is the setting's, with
/// <c>__</c> for the colon.</summary>
internal static class SecretFiles
{
    public const string Setting = "Chat:Server:SecretsFolder";

    /// <exception cref="ConfigurationException">The folder cannot be read.</exception>
    public static void AddTo(ConfigurationManager configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } folder) return;
        try
        {
            configuration.AddKeyPerFile(Path.GetFullPath(folder), optional: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{Setting} cannot be read: {e.Message}");
        }
    }
}
