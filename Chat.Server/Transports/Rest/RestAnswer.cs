using System.Buffers;
using System.Text.Json;

namespace Chat.Server.Transports.Rest;

internal static class RestAnswer
{
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>Answers with one object, which the callback fills; with its length, which spares it the chunked
    /// framing.</summary>
    public static Task WriteAsync<TState>(
        HttpContext http, int status, TState state, Action<Utf8JsonWriter, TState> fill)
    {
        var output = new ArrayBufferWriter<byte>(512);
        var writer = EntryJson.WriterFor(output);
        writer.WriteStartObject();
        fill(writer, state);
        writer.WriteEndObject();
        writer.Flush();
        http.Response.StatusCode = status;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = output.WrittenCount;
        return http.Response.Body.WriteAsync(output.WrittenMemory, http.RequestAborted).AsTask();
    }
}
