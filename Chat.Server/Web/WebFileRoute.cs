using Microsoft.AspNetCore.Http.Metadata;

namespace Chat.Server.Web;

/// <summary>All web files are one route for metrics, which otherwise have a series for each file.</summary>
internal sealed class WebFileRoute : IRouteDiagnosticsMetadata
{
    public static readonly WebFileRoute OfAll = new();

    public string Route => "/{file}";
}
