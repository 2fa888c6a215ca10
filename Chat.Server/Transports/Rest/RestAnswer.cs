using System.Buffers;
using System.Text.Json;
using Chat.Server.Connections;
using Chat.Server.Transports.Http;

namespace Chat.Server.Transports.Rest;

internal static class RestAnswer
{
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>Waits until a large answer has room.</summary>
    /// <param name="http">The request.</param>
    /// <param name="answers">All that are under way.</param>
    /// <param name="most">What such an answer may hold.</param>
    public static ValueTask<AnswerRoom> RoomAsync(HttpContext http, Answers answers, long most) =>
        answers.TakeAsync(most, http.Connection.RemoteIpAddress?.ToString() ?? "", own: null, http.Abort,
            http.RequestAborted);

    /// <summary>Answers that it is done.</summary>
    public static Task SucceedAsync(HttpContext http) => WriteAsync(http, StatusCodes.Status200OK, 0,
        static (writer, _) => writer.WriteString("status"u8, "success"u8));

    /// <summary>Answers with one object, which the callback fills; with its length, which spares it the chunked
    /// framing.</summary>
    /// <exception cref="Core.ChatException">What was read is not for the caller, who may not be here any
    /// more.</exception>
    public static async Task WriteAsync<TState>(
        HttpContext http, int status, TState state, Action<Utf8JsonWriter, TState> fill)
    {
        // What was stored or queued is told all the same.
        if (status == StatusCodes.Status200OK) await CallerCheck.AdmitAsync(http);
        var output = new ArrayBufferWriter<byte>(512);
        var writer = EntryJson.WriterFor(output);
        writer.WriteStartObject();
        fill(writer, state);
        writer.WriteEndObject();
        writer.Flush();
        http.Response.StatusCode = status;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = output.WrittenCount;
        await AnswerBody.WriteAsync(http, output.WrittenMemory);
    }
}
