using Chat.Server.Configuration;
using DotNetEnv;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace Chat.Server.Hosting.Program;

/// <summary>Settings from a <c>.env</c> file: above appsettings.json, below real environment variables and the command
/// line.</summary>
internal static class DotEnvFile
{
    private static readonly string[] HostPrefixes = ["ASPNETCORE_", "DOTNET_"];

    /// <exception cref="ConfigurationException">The file is there but cannot be read. Its content is not shown: it may
    /// hold passwords.</exception>
    public static void AddTo(IConfigurationBuilder configuration, string directory)
    {
        var path = Path.Combine(directory, ".env");
        if (!File.Exists(path)) return;
        var source = new MemoryConfigurationSource { InitialData = Settings(path) };
        var sources = configuration.Sources;
        var environment = sources.FirstOrDefault(
            s => s is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        sources.Insert(environment is null ? sources.Count : sources.IndexOf(environment), source);
    }

    private static Dictionary<string, string?> Settings(string path)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Read(path))
        {
            settings[name.Replace("__", ":", StringComparison.Ordinal)] = value;
            // The host reads its own variables without their prefix, from a source that lies below this one.
            foreach (var prefix in HostPrefixes)
                if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                    && Environment.GetEnvironmentVariable(name) is null)
                    settings[name[prefix.Length..].Replace("__", ":", StringComparison.Ordinal)] = value;
        }
        return settings;
    }

    private static KeyValuePair<string, string>[] Read(string path)
    {
        try
        {
            return Env.LoadContents(File.ReadAllText(path), LoadOptions.NoEnvVars()).ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($".env cannot be read: {e.GetType().Name}");
        }
        // the parser's package is no dependency of ours by name
        catch (Exception e) when (e.GetType().Name == "ParseException")
        {
            throw new ConfigurationException(
                ".env must hold lines of the form NAME=value; values with spaces, # or $ in single quotes");
        }
    }
}
