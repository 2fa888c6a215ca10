using System.Net;
using System.Security.Cryptography;
using System.Text;
using Chat.Server.Transports.Http;

namespace Chat.Server.Tasks.Admin;

/// <summary>Lets operators in and nobody else: those who have the key, or without one those on this machine. Changes
/// are taken from our own page or from programs only.</summary>
internal sealed class TaskAdminGate(TaskAdminOptions options) : IEndpointFilter
{
    // A proxy on this machine looks like this machine: what it passes on came from elsewhere. X-Original-For is what is
    // left when the proxy is trusted.
    private static readonly string[] ProxyHeaders = ["X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP",
        "X-Original-For", "Forwarded"];

    // Digests have one length, so the comparison tells nothing of the key's.
    private readonly byte[]? _key = options.Key.Length > 0
        ? SHA256.HashData(Encoding.UTF8.GetBytes(options.Key))
        : null;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (_key is null ? !IsThisMachine(http) : !HasKey(http.Request, _key))
        {
            await RefuseAsync(http);
            return Results.Empty;
        }
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)
            && (CrossSite.IsForeign(http.Request) || http.Request.Headers["Sec-Fetch-Site"] == "none"))
        {
            await AnswerAsync(http, StatusCodes.Status403Forbidden, "changes are not taken from pages of other sites");
            return Results.Empty;
        }
        return await next(context);
    }

    private Task RefuseAsync(HttpContext http)
    {
        if (_key is null)
        {
            return AnswerAsync(http, StatusCodes.Status403Forbidden,
                "only requests from this machine are let in, without a proxy and to localhost; set Chat:TaskAdmin:Key "
                    + "to let operators in from elsewhere");
        }
        http.Response.Headers.WWWAuthenticate = """Basic realm="Chat tasks", charset="UTF-8" """.TrimEnd();
        return AnswerAsync(http, StatusCodes.Status401Unauthorized,
            "the key is needed, as the password of Basic or as a Bearer token");
    }

    /// <remarks>The host must be this machine's too, else a site whose name is made to point here could ask in a
    /// visitor's browser.</remarks>
    private static bool IsThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && !ProxyHeaders.Any(http.Request.Headers.ContainsKey)
        && IsLocalName(http.Request.Host.Host);

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool HasKey(HttpRequest request, byte[] key)
    {
        var given = request.Headers.Authorization.ToString();
        var password = given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? given["Bearer ".Length..].Trim()
            : given.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
                ? PasswordOf(given["Basic ".Length..].Trim())
            : null;
        return password is not null
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(password)), key);
    }

    private static string? PasswordOf(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : text[(colon + 1)..];
    }

    private static Task AnswerAsync(HttpContext http, int status, string error) =>
        JsonAnswer.WriteAsync(http, status, new ErrorBody(error), ErrorJson.Default.ErrorBody);
}
