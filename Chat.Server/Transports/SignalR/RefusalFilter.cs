using Chat.Contracts.Events;
using Chat.Server.Core;
using Chat.Server.Observability;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Transports.SignalR;

/// <summary>Turns a refusal (<see cref="Refusal"/>) into a hub error whose text is <c>code: message</c>; any other
/// failure into <c>internal_error</c> without details.</summary>
internal sealed partial class RefusalFilter(ChatMetrics metrics, ILogger<RefusalFilter> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var connection = HubConnections.Of(invocationContext.Context);
        connection.Writer.CallBegins();
        try
        {
            connection.ThrowIfEnded();
            var answer = await next(invocationContext);
            // Behind what was read for it. What was stored is told all the same.
            if (answer is not (null or SendReceipt))
                await connection.AdmitAsync(invocationContext.Context.ConnectionAborted);
            return answer;
        }
        catch (Exception e) when (e is not HubException and not OperationCanceledException)
        {
            throw new HubException(ToHubText(e, invocationContext.HubMethodName));
        }
        finally
        {
            connection.Writer.CallEnds();
        }
    }

    /// <summary>What clients are told of a failure of a call that SignalR did not dispatch: the same. It is counted and
    /// logged as others are.</summary>
    public string TextOf(Exception failure, string method)
    {
        var text = $"An unexpected error occurred invoking '{method}' on the server.";
        return failure is OperationCanceledException
            ? text
            : $"{text} {nameof(HubException)}: {ToHubText(failure, method)}";
    }

    private string ToHubText(Exception failure, string method)
    {
        if (Refusal.Of(failure) is not { } refusal)
        {
            Log.Failed(logger, method, failure);
            return ChatException.Internal("the server failed; it is not known whether anything was changed").ToError()
                .ToHubText();
        }
        metrics.Refused(refusal.Code);
        return refusal.ToError().ToHubText();
    }

    private static partial class Log
    {
        [LoggerMessage(5100, LogLevel.Error, "Hub method {Method} failed")]
        public static partial void Failed(ILogger logger, string method, Exception exception);
    }
}
