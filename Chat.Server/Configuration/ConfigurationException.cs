namespace Chat.Server.Configuration;

/// <summary>The configuration cannot be used. Each problem names the setting and what is allowed, and shows no
/// secret.</summary>
internal sealed class ConfigurationException(params IReadOnlyList<string> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
