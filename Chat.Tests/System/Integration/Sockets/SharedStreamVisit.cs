using Chat.Server.Transports.Framing;
using Microsoft.AspNetCore.Http;

namespace Chat.Tests.Integration.Sockets;

/// <summary>One connection to <see cref="SharedStreamSite"/> that has become a stream.</summary>
internal sealed class SharedStreamVisit(HttpContext http, SharedWriteStream stream)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SharedWriteStream Stream => stream;

    public Task Ended => _ended.Task;

    /// <summary>Writes single frames until the pipe is seen to be empty.</summary>
    /// <param name="number">The first one's.</param>
    public Task UntilDirectAsync(int number) => Eventually.HoldsAsync(async () =>
    {
        var piped = stream.Direct!.Piped;
        await stream.WriteBlockAsync(NumberedFrames.Make(NumberedFrames.Text, NumberedFrames.Answers, number++, 1));
        return stream.Direct.Piped == piped;
    });

    /// <summary>As a slow client is cut.</summary>
    public void Abort() => http.Abort();

    /// <summary>The request is over: the web server closes the connection.</summary>
    public void End()
    {
        stream.Dispose();
        _ended.TrySetResult();
    }
}
