using System.IO.Pipelines;
using Chat.Server.FanOut;
using Chat.Server.Observability;

namespace Chat.Server.Transports.Http;

/// <summary>Writes answers over HTTP. A client that takes nothing of one for the write timeout is cut, as a reader on a
/// socket is.</summary>
internal static class AnswerBody
{
    /// <summary>Bytes handed over at once: a client that takes so much has taken something.</summary>
    public const int Step = 64 * 1024;

    /// <summary>Ends when the client has taken it, up to what lies in buffers of the server's own.</summary>
    /// <exception cref="OperationCanceledException">The client is gone, or was cut.</exception>
    public static async Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> bytes)
    {
        for (; bytes.Length > Step; bytes = bytes[Step..]) await WriteStepAsync(http, bytes[..Step]);
        await WriteStepAsync(http, bytes);
    }

    /// <summary>The same for what was written to the answer's pipe.</summary>
    public static async ValueTask FlushAsync(HttpContext http)
    {
        var flush = http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        if (flush.IsCompletedSuccessfully) _ = flush.Result;
        else await TakenAsync(http, flush.AsTask());
    }

    private static ValueTask WriteStepAsync(HttpContext http, ReadOnlyMemory<byte> step)
    {
        var write = http.Response.Body.WriteAsync(step, http.RequestAborted);
        return write.IsCompleted ? write : new ValueTask(TakenAsync(http, write.AsTask()));
    }

    private static async Task TakenAsync(HttpContext http, Task taken)
    {
        var services = http.RequestServices;
        var bound = TimeSpan.FromSeconds(services.GetRequiredService<FanOutOptions>().WriteTimeoutSeconds);
        try
        {
            await taken.WaitAsync(bound, services.GetRequiredService<TimeProvider>());
        }
        catch (TimeoutException)
        {
            services.GetRequiredService<ChatMetrics>().ReaderClosedAsSlow();
            http.Abort();
            throw new OperationCanceledException("the client took nothing of its answer");
        }
    }
}
