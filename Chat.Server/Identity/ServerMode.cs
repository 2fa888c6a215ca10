using Chat.Server.Callers;
using Chat.Server.Configuration;

namespace Chat.Server.Identity;

/// <summary>The mode of this server.</summary>
/// <param name="Mode">Which.</param>
/// <param name="IsNamed">False: nobody has chosen it. Then it is open, and for this machine only.</param>
internal sealed record ServerMode(IdentityMode Mode, bool IsNamed)
{
    private const string InContainer = "DOTNET_RUNNING_IN_CONTAINER";

    private const string Choice =
        $"set {SettingName.IdentityMode}=Open, where callers say who they are, for a demonstration; or =Token, with an "
        + $"issuer of tokens under {SettingName.Schemes} or with those that the command token and back ends make";

    /// <summary>Whether callers prove who they are.</summary>
    public bool HasTokens => Mode == IdentityMode.Token;

    /// <summary>Whether the application around the chat has signed them in: there are no tokens of ours.</summary>
    public bool IsOfHost { get; init; }

    /// <summary>Whether they prove it with tokens that this server reads itself.</summary>
    public bool ReadsTokens => HasTokens && !IsOfHost;

    /// <summary>Inside an application, unless it chose another.</summary>
    public static ServerMode OfHost { get; } = new(IdentityMode.Token, IsNamed: true) { IsOfHost = true };

    /// <summary>Reads <c>Chat:Identity:Mode</c>. Where it is not set, an issuer under <c>Authentication:Schemes</c>
    /// makes it tokens. With tokens and without issuers, the server takes the tokens that it makes itself.</summary>
    /// <exception cref="ConfigurationException">It is something else.</exception>
    public static ServerMode Of(IConfiguration configuration)
    {
        var hasIssuers = configuration.GetSection(SettingName.Schemes).GetChildren().Any();
        var text = configuration[SettingName.IdentityMode];
        if (string.IsNullOrWhiteSpace(text))
            return new ServerMode(hasIssuers ? IdentityMode.Token : IdentityMode.Open, hasIssuers);
        // Names only: Enum.TryParse would take numbers too.
        var mode = Enum.GetValues<IdentityMode>().Cast<IdentityMode?>().FirstOrDefault(
            one => one.ToString()!.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
        if (mode is null) throw new ConfigurationException($"{SettingName.IdentityMode} must be Open or Token");
        return new ServerMode(mode.Value, IsNamed: true);
    }

    /// <summary>A server whose mode nobody has chosen is not for others.</summary>
    /// <exception cref="ConfigurationException">It would be.</exception>
    public void RefuseToBeFound(IConfiguration configuration, IEnumerable<string> addresses)
    {
        if (IsNamed) return;
        if (configuration[InContainer] is "1" or "true" or "True")
            throw new ConfigurationException($"{SettingName.IdentityMode} must be chosen in a container: {Choice}");
        if (addresses.FirstOrDefault(address => !ListenAddress.IsOfThisMachine(address)) is { } open)
            throw new ConfigurationException(
                $"{SettingName.IdentityMode} must be chosen for an address that others can reach, {open}: {Choice}");
    }
}
