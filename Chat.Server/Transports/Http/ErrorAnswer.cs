using System.Globalization;

namespace Chat.Server.Transports.Http;

/// <summary>Refuses a request: a status, <c>{"error": words}</c>, and a header that says that this server did it and no
/// proxy on the way.</summary>
internal static class ErrorAnswer
{
    public static Task WriteAsync(HttpContext http, int status, string error)
    {
        http.Response.Headers[ChatHeaders.Error] = status.ToString(CultureInfo.InvariantCulture);
        return JsonAnswer.WriteAsync(http, status, new ErrorBody(error), ErrorJson.Default.ErrorBody);
    }
}
