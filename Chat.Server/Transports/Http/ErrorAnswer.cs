using System.Globalization;

namespace Chat.Server.Transports.Http;

/// <summary>Refuses a request: a status, <c>{"error": words}</c>, and a header that says that this server did it and no
/// proxy on the way.</summary>
internal static class ErrorAnswer
{
    /// <param name="http">The request.</param>
    /// <param name="status">Its answer's.</param>
    /// <param name="error">What is wrong, in words.</param>
    /// <param name="retryAfter">When it may be asked again, in whole seconds; null: that is not said.</param>
    /// <param name="version">The version that a message has, where that is what is wrong.</param>
    /// <param name="reason">The word for programs that the application gave with its refusal.</param>
    public static Task WriteAsync(
        HttpContext http, int status, string error, TimeSpan? retryAfter = null, long? version = null,
        string? reason = null)
    {
        if (retryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers[ChatHeaders.Error] = status.ToString(CultureInfo.InvariantCulture);
        return JsonAnswer.WriteAsync(http, status, new ErrorBody(error, version, reason), ErrorJson.Default.ErrorBody);
    }
}
