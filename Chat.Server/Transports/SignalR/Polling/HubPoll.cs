using Chat.Server.Transports.Http;

namespace Chat.Server.Transports.SignalR.Polling;

/// <summary>The polls of one hub connection. When the answer of one may be lost the connection is ended: its client
/// connects again and resumes.</summary>
/// <remarks>SignalR drops an answer once it is written, and continues with the next one at the next poll. A client that
/// did not get it would miss its content without noticing. A poll does not say what arrived, so an answer cannot be
/// repeated without showing entries twice.</remarks>
internal sealed partial class HubPoll(HubConnection connection, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(5);

    private HubPollRequest? _last;

    /// <summary>Runs one poll, if the answer of the one before came.</summary>
    public async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        var mine = new HubPollRequest(http);
        var before = Interlocked.Exchange(ref _last, mine);
        try
        {
            if (before is not null)
            {
                await FollowAsync(before);
                if (!before.HasEnded) GiveUp(before, http);
                else if (!await before.HasArrivedAsync(http, time))
                {
                    End();
                    await ErrorAnswer.WriteAsync(http, StatusCodes.Status404NotFound,
                        "the answer to the previous poll may be lost: connect again");
                    return;
                }
            }
            await mine.RunAsync(next, http);
        }
        finally
        {
            mine.End(http);
        }
    }

    /// <summary>Waits until SignalR has the poll before: it gets them in the order in which they came.</summary>
    /// <remarks>An answer that has started may be with the client before this server comes to its end.</remarks>
    private async Task FollowAsync(HubPollRequest before)
    {
        if (!before.HasStarted && !before.HasEnded) before.IsGivenUp = true;
        await before.HasBegun;
        if (before.IsGivenUp) return;
        await before.Ended.WaitAsync(EndBound, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!before.HasEnded) before.IsGivenUp = true;
    }

    /// <summary>A client that polls again did not wait for the answer. SignalR ends that poll; should there have been
    /// something in its answer, this one shows nothing of what follows.</summary>
    private void GiveUp(HubPollRequest before, HttpContext http) => http.Response.OnStarting(async () =>
    {
        await before.Ended.WaitAsync(EndBound, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!before.IsLost) return;
        http.Abort();
        End();
    });

    private void End()
    {
        if (connection.TryCut()) Log.Lost(logger);
    }

    private static partial class Log
    {
        [LoggerMessage(5110, LogLevel.Debug,
            "A hub connection is closed because a long polling answer may be lost; it may resume")]
        public static partial void Lost(ILogger logger);
    }
}
