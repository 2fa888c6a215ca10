using System.Buffers;
using System.IO.Pipelines;
using Chat.Contracts.Protocol;
using Chat.Server.Connections;

namespace Chat.Server.Transports.Rest;

internal static class RequestBody
{
    /// <summary>The whole body, with any content type: curl -d sends JSON as a form.</summary>
    /// <exception cref="BadHttpRequestException">413: it is larger than a frame may be. 408: it is not complete within
    /// <see cref="ChatLimits.MessageSeconds"/>.</exception>
    public static async ValueTask<byte[]> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > ChatLimits.FrameBytes) throw TooLarge();
        var reader = http.Request.BodyReader;
        using var unfinished = new UnfinishedBody(http.RequestServices.GetRequiredService<UnfinishedMessages>(), http);
        while (true)
        {
            var read = await ReadAsync(reader, http, unfinished);
            var isTooLarge = read.Buffer.Length > ChatLimits.FrameBytes;
            var body = read.IsCompleted && !isTooLarge ? read.Buffer.ToArray() : null;
            // Given back also before a refusal: the server itself reads what is left of a refused body.
            reader.AdvanceTo(body is null && !isTooLarge ? read.Buffer.Start : read.Buffer.End, read.Buffer.End);
            if (isTooLarge) throw TooLarge();
            if (body is not null) return body;
            unfinished.Hold(read.Buffer.Length);
        }
    }

    private static async ValueTask<ReadResult> ReadAsync(PipeReader reader, HttpContext http, UnfinishedBody unfinished)
    {
        try
        {
            var reading = reader.ReadAsync(unfinished.Late);
            if (!reading.IsCompleted && unfinished.Place is null) unfinished.Hold(0); // its time begins
            return await reading;
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            http.Response.Headers.Connection = "close"; // the rest of the body is not awaited
            throw new BadHttpRequestException("the request body took too long", StatusCodes.Status408RequestTimeout);
        }
    }

    private static BadHttpRequestException TooLarge() =>
        new("the request body is too large", StatusCodes.Status413PayloadTooLarge);
}
