using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;
using Chat.Server.Core;
using Chat.Server.Transports.Http;
using Chat.Server.Observability;

namespace Chat.Server.Transports.Rest;

/// <summary>Turns a refusal (<see cref="Refusal"/>) into a status and <c>{"error": words}</c>, for every endpoint that
/// answers JSON.</summary>
internal sealed partial class RefusalAnswers(ChatMetrics metrics, ILogger<RefusalAnswers> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (Exception e) when (Refusal.Of(e) is { } refusal)
        {
            if (refusal.Code == ChatErrorCode.InternalError)
                Log.CannotServe(logger, http.Request.Method, http.Request.Path, (e.InnerException ?? e).Message);
            await RefuseAsync(http, null, refusal.ToError(JsonNames.Snake.Spell));
        }
        catch (NotFoundException e)
        {
            await ErrorAnswer.WriteAsync(http, StatusCodes.Status404NotFound, e.Message);
        }
        catch (RefusedBodyException e)
        {
            await RefuseAsync(http, e.StatusCode, new ChatError(ChatErrorCode.BadRequest, e.Message));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            await RefuseAsync(http, e.StatusCode, new ChatError(ChatErrorCode.BadRequest,
                $"the body must be complete within {ChatLimits.MessageSeconds} s"));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await RefuseAsync(http, e.StatusCode,
                new ChatError(ChatErrorCode.BadRequest, $"the body must have at most {ChatLimits.FrameBytes} bytes"));
        }
        return Results.Empty;
    }

    /// <param name="http">The request.</param>
    /// <param name="status">Null: the one that goes with the refusal's code.</param>
    /// <param name="error">What is wrong.</param>
    private Task RefuseAsync(HttpContext http, int? status, ChatError error)
    {
        metrics.Refused(error.Code);
        if (!http.Response.HasStarted)
            return status is { } own
                ? ErrorAnswer.WriteAsync(http, own, error.Message)
                : RefusalAnswer.WriteAsync(http, error);
        http.Abort(); // half an answer must not look whole
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(6020, LogLevel.Warning, "{Method} {Path} could not be served: {Reason}")]
        public static partial void CannotServe(ILogger logger, string method, string? path, string reason);
    }
}
