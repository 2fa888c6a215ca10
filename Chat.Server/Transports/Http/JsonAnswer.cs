using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Chat.Server.Transports.Http;

internal static class JsonAnswer
{
    /// <summary>A small answer with its length, which spares it the chunked framing.</summary>
    public static async Task WriteAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await AnswerBody.WriteAsync(context, bytes);
    }
}
