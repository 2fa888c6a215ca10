using Chat.Server.Transports.Http;

namespace Chat.Server.Hosting.Http;

/// <summary>The outermost step of every request: every unhandled failure is answered as JSON, without a stack
/// trace.</summary>
internal sealed partial class ErrorResponses(RequestDelegate next, ILogger<ErrorResponses> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // the client disconnected: there is nobody to answer
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(context, e.StatusCode, TextFor(e.StatusCode));
            return;
        }
        catch (Exception e)
        {
            Log.Unhandled(logger, e, context.Request.Method, context.Request.Path);
            Log.UnhandledFrom(logger, context.Request.Path, context.Connection.RemoteIpAddress);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, "internal error");
            return;
        }
        await AnswerUnmatchedAsync(context);
    }

    private static Task AnswerUnmatchedAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var isWorthWords = status is StatusCodes.Status405MethodNotAllowed
            || (status is StatusCodes.Status404NotFound && context.Request.Path.StartsWithSegments("/api"));
        return isWorthWords && !context.Response.HasStarted
            ? ErrorAnswer.WriteAsync(context, status, TextFor(status))
            : Task.CompletedTask;
    }

    private static Task AnswerAsync(HttpContext context, int status, string error)
    {
        if (context.Response.HasStarted)
        {
            context.Abort(); // half an answer must not look whole
            return Task.CompletedTask;
        }
        context.Response.Clear();
        SecurityHeaders.Apply(context.Response.Headers);
        return ErrorAnswer.WriteAsync(context, status, error);
    }

    private static string TextFor(int status) => status switch
    {
        StatusCodes.Status404NotFound => "not found",
        StatusCodes.Status405MethodNotAllowed => "method not allowed",
        StatusCodes.Status408RequestTimeout => "the request took too long to arrive",
        StatusCodes.Status413PayloadTooLarge => "the request body is too large",
        _ => "bad request",
    };

    private static partial class Log
    {
        [LoggerMessage(1020, LogLevel.Error, "{Method} {Path} failed")]
        public static partial void Unhandled(ILogger logger, Exception exception, string method, string? path);

        // Apart from the fault, because an address is personal.
        [LoggerMessage(1021, LogLevel.Debug, "The request for {Path} that failed came from {Address}")]
        public static partial void UnhandledFrom(ILogger logger, string? path, System.Net.IPAddress? address);
    }
}
