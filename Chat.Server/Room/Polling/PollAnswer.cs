using System.Buffers;
using System.Globalization;
using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Room.Polling;

/// <summary>Writes the stretch of the room's log that a poll found, block by block, so that no answer is held in memory
/// as a whole.</summary>
internal static class PollAnswer
{
    private static ReadOnlySpan<byte> Prefix => "{\"messages\":["u8;

    private static ReadOnlySpan<byte> Suffix => "]}"u8;

    /// <summary>The next block after the cursor, from memory or from the log on disk.</summary>
    public static async ValueTask<RoomBlock> TakeAsync(Feed feed, long cursor, long to, CancellationToken ct) =>
        (RoomBlock)(feed.TryTake(cursor, to, RoomFormat.Instance)
            ?? await feed.ReadFromLogAsync(cursor, to, RoomFormat.Instance, ct));

    /// <param name="http">The request.</param>
    /// <param name="feed">The room's feed.</param>
    /// <param name="first">The first block with a message in it; null when there is none.</param>
    /// <param name="to">The last sequence of the answer, from which the client continues.</param>
    /// <exception cref="ChatException">The caller may not be here any more.</exception>
    public static async Task WriteAsync(HttpContext http, Feed feed, EncodedBlock? first, long to)
    {
        var response = http.Response;
        response.ContentType = RestAnswer.ContentType;
        response.Headers["X-Accel-Buffering"] = "no";
        response.Headers[ChatHeaders.Cursor] = to.ToString(CultureInfo.InvariantCulture);
        if (first is null || first.To == to)
            response.ContentLength = Prefix.Length + Suffix.Length + Math.Max(0, (first?.Bytes.Length ?? 0) - 1);
        var body = response.BodyWriter;
        await CallerCheck.AdmitAsync(http);
        body.Write(Prefix);
        if (first is not null)
        {
            body.Write(first.Bytes.Span[1..]); // without the comma before the first message
            await WriteRestAsync(http, feed, first.To, to);
        }
        body.Write(Suffix);
        await AnswerBody.FlushAsync(http);
    }

    private static async ValueTask WriteRestAsync(HttpContext http, Feed feed, long cursor, long to)
    {
        while (cursor < to)
        {
            await AnswerBody.FlushAsync(http);
            var block = await TakeAsync(feed, cursor, to, http.RequestAborted);
            await CallerCheck.AdmitAsync(http);
            http.Response.BodyWriter.Write(block.Bytes.Span);
            cursor = block.To;
        }
    }
}
