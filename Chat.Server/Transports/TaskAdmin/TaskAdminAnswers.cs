using Chat.Server.Hosting.Http;
using Chat.Server.Persistence;

namespace Chat.Server.Transports.TaskAdmin;

/// <summary>Turns a refusal or a failing database into a status and <c>{"error": words}</c>.</summary>
internal sealed partial class TaskAdminAnswers(ILogger<TaskAdminAnswers> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (TaskAdminRefusal e)
        {
            await JsonAnswer.WriteAsync(http, e.Status, new ErrorBody(e.Message), ErrorJson.Default.ErrorBody);
        }
        catch (StoreException e) when (!http.Response.HasStarted)
        {
            Log.CannotServe(logger, http.Request.Method, http.Request.Path, e.Message);
            await JsonAnswer.WriteAsync(
                http, StatusCodes.Status503ServiceUnavailable, new ErrorBody("the database cannot be reached now, try again later"), ErrorJson.Default.ErrorBody);
        }
        return Results.Empty;
    }

    private static partial class Log
    {
        [LoggerMessage(6040, LogLevel.Warning, "{Method} {Path} could not be served: {Reason}")]
        public static partial void CannotServe(ILogger logger, string method, string? path, string reason);
    }
}

/// <summary>The request cannot be done as it is; the message says why.</summary>
internal sealed class TaskAdminRefusal(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    public static TaskAdminRefusal BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);

    public static TaskAdminRefusal NotFound(string message) => new(StatusCodes.Status404NotFound, message);
}
