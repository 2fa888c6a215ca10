using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Observability;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Server.Room.Polling;

/// <summary>One poll, from the moment its client is known until its answer is written. Nothing is pushed to
/// it.</summary>
internal sealed class PollConnection(Caller caller, RoomSession session, HttpContext http, TimeProvider time)
    : Connection(caller, ChatTransport.LongPoll, writer: null)
{
    /// <summary>How long an answer that is being written may take when the poll is ended.</summary>
    private static readonly TimeSpan AnswerBound = TimeSpan.FromSeconds(3);

    // Taken at the start: a drain may outlive the request and its context.
    private readonly IHttpRequestLifetimeFeature _lifetime =
        http.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();

    public WaitingPoll Waiting { get; } = new(session.Client);

    /// <summary>Cancelled when the client leaves the room.</summary>
    public CancellationToken Left => session.Left;

    public override bool ComesBack => !session.Left.IsCancellationRequested;

    /// <summary>Answers the poll at once. A poll has no grace time: its client polls again immediately, on another
    /// instance.</summary>
    public override async Task<Departure> LeaveAsync(TimeSpan grace, CancellationToken now)
    {
        Waiting.End();
        if (await EndsWithinAsync(AnswerBound, time, now)) return Departure.Left;
        if (!now.IsCancellationRequested) Abort();
        return Departure.Cut;
    }

    /// <summary>The same: an answer has no room for a reason.</summary>
    public override Task<Departure> EndAsync(CloseReason reason, string? text, CancellationToken now) =>
        LeaveAsync(TimeSpan.Zero, now);

    public override void Abort() => _lifetime.Abort();
}
