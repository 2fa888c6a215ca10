using System.ComponentModel.DataAnnotations;
using Chat.Server.Configuration;
using Chat.Server.Hosting.Proxy;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting;

/// <summary>Bound to <c>Chat:Server</c>.</summary>
internal sealed class ServerOptions : IValidatableObject
{
    public const string Section = "Chat:Server";

    /// <summary>Seconds that a shutdown may take before what is still open is cut. Default 10; 1 to 300.</summary>
    [Range(1, 300)]
    public int ShutdownSeconds { get; set; } = 10;

    /// <summary>Seconds over which connections are asked to go before a shutdown, and within which those that were
    /// asked are ended. Default 4; 0 to 300. Few connections take less: 5 ms each and a second. With 0 all are ended at
    /// once.</summary>
    [Range(0, 300)]
    public int DrainSeconds { get; set; } = 4;

    /// <summary>Seconds from failing <c>/health/ready</c> until the first connection is asked to go and new ones are
    /// refused: for load balancers that look rarely. Default 0; 0 to 300.</summary>
    [Range(0, 300)]
    public int DrainDelaySeconds { get; set; }

    /// <summary>Proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed: addresses and networks
    /// such as 10.0.0.0/8, separated by commas. Default none.</summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>The path below which a proxy publishes the server without taking it off requests: <c>/chat</c>. Default
    /// none. Requests without it are served as well.</summary>
    [TextForm("(/[A-Za-z0-9._~-]+)+",
        ErrorMessage = "PathBase must be a path such as /chat, without a slash at its end, or be left out")]
    public string PathBase { get; set; } = "";

    /// <summary>Names by which this server may be asked, beside <c>localhost</c> and addresses: chat.example.com,
    /// *.example.com for all below it, or <c>*</c> for all, separated by commas. Default none.</summary>
    public string AllowedHosts { get; set; } = "";

    /// <summary>Web sites whose pages may call this server, beside its own: origins such as https://app.example.com, or
    /// <c>*</c> for all, separated by commas. Default none.</summary>
    public string AllowedOrigins { get; set; } = "";

    /// <summary>Whether starting the server brings the database schema up to date first. Default true. Several
    /// instances may start at once.</summary>
    public bool MigrateOnStart { get; set; } = true;

    /// <summary>Seconds that the checks behind <c>/health/ready</c> may take before they count as failing. Default 2; 1
    /// to 60.</summary>
    [Range(1, 60)]
    public int ReadinessSeconds { get; set; } = 2;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Out of its own range a number is told about already.
        if (ShutdownSeconds > 0 && DrainSeconds <= 300 && DrainDelaySeconds <= 300
            && DrainSeconds + DrainDelaySeconds >= ShutdownSeconds)
            yield return new ValidationResult(
                $"DrainSeconds ({DrainSeconds}) and DrainDelaySeconds ({DrainDelaySeconds}) together must be less "
                    + $"than ShutdownSeconds ({ShutdownSeconds})");
        if (!TrustedNetworks.TryParse(TrustedProxies, out _, out var problem))
            yield return new ValidationResult(
                $"TrustedProxies must list addresses or networks such as 10.0.0.0/8, separated by commas; "
                    + $"'{problem}' is neither");
        if (!Http.AllowedOrigins.TryParse(AllowedOrigins, out _, out var origin))
            yield return new ValidationResult(
                $"AllowedOrigins must list origins such as https://app.example.com, or *, separated by commas; "
                    + $"'{origin}' is none");
        if (!Http.AllowedHosts.TryParse(AllowedHosts, out _, out var host))
            yield return new ValidationResult(
                $"AllowedHosts must list names such as chat.example.com, *.example.com, or *, separated by commas; "
                    + $"'{host}' is none");
    }
}

[OptionsValidator]
internal sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;
