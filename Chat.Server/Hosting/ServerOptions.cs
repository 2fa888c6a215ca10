using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting;

/// <summary>Bound to <c>Chat:Server</c>.</summary>
internal sealed class ServerOptions
{
    public const string Section = "Chat:Server";

    /// <summary>Seconds that a shutdown may take before what is still open is cut. Default 10; 1 to 300.</summary>
    [Range(1, 300)]
    public int ShutdownSeconds { get; set; } = 10;

    /// <summary>Whether starting the server brings the database schema up to date first. Default true. Several instances may start at once.</summary>
    public bool MigrateOnStart { get; set; } = true;

    /// <summary>Seconds that the checks behind <c>/health/ready</c> may take before they count as failing. Default 2; 1 to 60.</summary>
    [Range(1, 60)]
    public int ReadinessSeconds { get; set; } = 2;
}

[OptionsValidator]
internal sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;
