using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chat.Server.Configuration;
using Chat.Server.FanOut.Backplane.Redis;
using StackExchange.Redis;

namespace Chat.Server.Hosting.Configuration;

/// <summary>
/// Whether and how Redis is reached: by a <c>redis://</c> URL or by a string in StackExchange.Redis' own form.
/// </summary>
internal static class RedisSettingsResolver
{
    /// <returns>Null when Redis is not configured.</returns>
    /// <exception cref="ConfigurationException">Names the setting and the part that is wrong, never the text
    /// itself.</exception>
    public static RedisSettings? Resolve(IConfiguration configuration)
    {
        foreach (var setting in (string[])[SettingName.RedisConnectionString, SettingName.RedisUrl])
            if (configuration[setting] is { } text && !string.IsNullOrWhiteSpace(text))
                return Parse(setting, text.Trim(), configuration[SettingName.RedisCaFile]);
        return null;
    }

    public static RedisSettings Parse(string setting, string text, string? caFile = null)
    {
        // A password in the library's form may have :// too.
        var isUrl = text.Split('=', 2)[0].Contains("://", StringComparison.Ordinal);
        var options = isUrl ? RedisUrl.Parse(setting, text) : ParseOwnForm(setting, text);
        if (!string.IsNullOrWhiteSpace(caFile)) Trust(setting, options, caFile);
        return new RedisSettings(options);
    }

    private static ConfigurationOptions ParseOwnForm(string setting, string text)
    {
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException
            or InvalidOperationException)
        {
            // The message of the library may show a part of the text.
            throw new ConfigurationException(
                $"{setting} is neither a redis:// URL nor a string of StackExchange.Redis "
                    + $"(host:6379,password=...,ssl=true)");
        }
        if (options.EndPoints.Count == 0) throw new ConfigurationException($"{setting} names no host");
        return options;
    }

    private static void Trust(string setting, ConfigurationOptions options, string caFile)
    {
        if (!options.Ssl)
            throw new ConfigurationException(
                $"{SettingName.RedisCaFile} is set, but {setting} does not use TLS: write rediss:// or ssl=true");
        try
        {
            options.TrustIssuer(X509CertificateLoader.LoadCertificateFromFile(caFile));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"{SettingName.RedisCaFile} must name a file with the certificate of the issuer, PEM or DER");
        }
    }
}
