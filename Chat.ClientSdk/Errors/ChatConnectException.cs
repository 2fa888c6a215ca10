using System.Net;

namespace Chat.ClientSdk;

/// <summary>No connection could be made: no server answers, none of the allowed transports works, or the server refuses
/// this client.</summary>
public sealed class ChatConnectException : ChatException
{
    /// <summary>Makes the exception.</summary>
    public ChatConnectException(string message, Exception? innerException = null)
        : base(message, innerException) => Status = FindStatus(innerException);

    /// <summary>The HTTP status with which the server refused, for instance 401, or null when it did not
    /// answer.</summary>
    public HttpStatusCode? Status { get; }

    private static HttpStatusCode? FindStatus(Exception? exception) => exception switch
    {
        null => null,
        HttpRequestException { StatusCode: { } status } => status,
        AggregateException many => many.InnerExceptions.Select(FindStatus).FirstOrDefault(status => status is not null),
        _ => FindStatus(exception.InnerException),
    };
}
