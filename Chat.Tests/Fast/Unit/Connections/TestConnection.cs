using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.FanOut;
using Chat.Server.Observability;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.FanOut;

namespace Chat.Tests.Unit.Connections;

/// <summary>A connection without a transport behind it.</summary>
internal class TestConnection(ChatTransport transport, UserKey user, ClientWriter? writer, string? id = null)
    : Connection(new Caller(user), transport, writer, id)
{
    /// <summary>One with an outbound side that takes all it is given.</summary>
    public TestConnection(string user, string? id = null)
        : this(ChatTransport.WebSocket, UserId.Parse(user).Key(),
            new RecordingWriter(UserId.Parse(user).Key(), null!), id)
    {
    }

    public bool Aborted { get; private set; }

    public override bool ComesBack => Transport == ChatTransport.LongPoll;

    public override Task<Departure> LeaveAsync(TimeSpan grace, CancellationToken now) =>
        EndAsync(CloseReason.GoingAway, null, now);

    public override Task<Departure> EndAsync(CloseReason reason, string? text, CancellationToken now)
    {
        Dispose();
        return Task.FromResult(Departure.Closed);
    }

    public override void Abort() => Aborted = true;

    public Task<bool> EndsAsync(TimeSpan bound, TimeProvider time, CancellationToken now) =>
        EndsWithinAsync(bound, time, now);
}
