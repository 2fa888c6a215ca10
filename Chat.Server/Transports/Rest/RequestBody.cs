using System.Buffers;
using Chat.Contracts.Protocol;

namespace Chat.Server.Transports.Rest;

internal static class RequestBody
{
    /// <summary>The whole body, whatever its content type says: curl -d sends JSON as a form.</summary>
    /// <exception cref="BadHttpRequestException">413: it is larger than a frame may be.</exception>
    public static async ValueTask<byte[]> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > ChatLimits.FrameBytes) throw TooLarge();
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            var isTooLarge = read.Buffer.Length > ChatLimits.FrameBytes;
            var body = read.IsCompleted && !isTooLarge ? read.Buffer.ToArray() : null;
            // Given back also before a refusal: the server itself reads what is left of a refused body.
            reader.AdvanceTo(body is null && !isTooLarge ? read.Buffer.Start : read.Buffer.End, read.Buffer.End);
            if (isTooLarge) throw TooLarge();
            if (body is not null) return body;
        }
    }

    private static BadHttpRequestException TooLarge() =>
        new("the request body is too large", StatusCodes.Status413PayloadTooLarge);
}
