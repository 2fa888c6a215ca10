using System.Buffers;
using System.Text.Json;
using Chat.Contracts.Events;
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

    /// <summary>Answers with where an entry is stored.</summary>
    public static Task WriteReceiptAsync(HttpContext http, SendReceipt stored) =>
        WriteAsync(http, StatusCodes.Status200OK, stored, static (writer, receipt) =>
        {
            writer.WriteString("status"u8, "success"u8);
            writer.WriteString("id"u8, receipt.Id.Value);
            writer.WriteNumber("seq"u8, receipt.Sequence);
            EntryJson.WriteTime(writer, JsonNames.Snake.CreatedAt, receipt.CreatedAt);
            writer.WriteBoolean("duplicate"u8, receipt.Duplicate);
        });

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
