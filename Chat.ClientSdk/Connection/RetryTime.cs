using Chat.Contracts.Errors;
using Microsoft.AspNetCore.SignalR;

namespace Chat.ClientSdk.Connection;

/// <summary>Finds when a server said to come again, in what ended a connection or an attempt to make one.</summary>
internal static class RetryTime
{
    /// <summary>The longest wait, also where a server asks for more.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Zero: it said nothing.</summary>
    public static TimeSpan Of(Exception? failure)
    {
        var said = Find(failure);
        return said < Longest ? said : Longest;
    }

    private static TimeSpan Find(Exception? failure) => failure switch
    {
        null => TimeSpan.Zero,
        ServerBusy busy => busy.RetryAfter,
        HubException closed => ChatError.FromHubText(ChatFailure.WithoutWordsOfSignalR(closed.Message))?.RetryAfter
            ?? TimeSpan.Zero,
        AggregateException many => many.InnerExceptions.Max(Find), // of all transports that were tried
        _ => Find(failure.InnerException),
    };
}
