using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Identity;
using Chat.Server.Transports.Http;

namespace Chat.Server.Operators;

/// <summary>Writes down what operators change: into the log, and into the audit where the endpoint does not do that
/// itself.</summary>
internal sealed partial class OperatorsChanges(IAuditLog audit, ILogger<OperatorsChanges> logger)
{
    /// <summary>A change was answered.</summary>
    public void Note(HttpContext http)
    {
        Log.Changed(logger, KeyHolders.Of(http).Actor, http.Connection.RemoteIpAddress, http.Request.Method,
            http.Request.Path, http.Response.StatusCode);
        if (http.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is { Scope: KeyScopes.Operator })
            audit.Note(http.AnsweredEntry() with { Tenant = null });
    }

    private static partial class Log
    {
        [LoggerMessage(1062, LogLevel.Information, "{Who} ({Address}) did {Method} {Path}: {Status}")]
        public static partial void Changed(
            ILogger logger, string who, System.Net.IPAddress? address, string method, string path, int status);
    }
}
