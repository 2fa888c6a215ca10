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
            if (read.Buffer.Length > ChatLimits.FrameBytes) throw TooLarge();
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            var body = read.Buffer.ToArray();
            reader.AdvanceTo(read.Buffer.End); // a read that is not ended costs the client its connection when the body was chunked
            return body;
        }
    }

    private static BadHttpRequestException TooLarge() => new("the request body is too large", StatusCodes.Status413PayloadTooLarge);
}
