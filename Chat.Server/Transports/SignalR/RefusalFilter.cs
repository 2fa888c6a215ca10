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
        catch (Exception e) when (Refusal.Of(e) is { } refusal)
        {
            metrics.Refused(refusal.Code);
            throw new HubException(refusal.ToError().ToHubText());
        }
        catch (Exception e) when (e is not HubException and not OperationCanceledException)
        {
            Log.Failed(logger, invocationContext.HubMethodName, e);
            throw new HubException(ChatException
                .Internal("the server failed; it is not known whether anything was changed").ToError().ToHubText());
        }
        finally
        {
            connection.Writer.CallEnds();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5100, LogLevel.Error, "Hub method {Method} failed")]
        public static partial void Failed(ILogger logger, string method, Exception exception);
    }
}
