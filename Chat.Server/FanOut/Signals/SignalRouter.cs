using Chat.Server.FanOut.Backplane;

namespace Chat.Server.FanOut.Signals;

/// <summary>Brings signals to the readers of their conversation.</summary>
#pragma warning disable CS9113 // being built
internal sealed class SignalRouter(FeedRegistry feeds, BackplaneExchange exchange)
{
    /// <summary>To the readers on this instance that want such signals. Never waits for one of them.</summary>
    public void Deliver(Signal signal) => throw new NotImplementedException(); // H2

    /// <summary>To the readers on this instance and, over the backplane, on all others.</summary>
    public void Broadcast(Signal signal) => throw new NotImplementedException(); // H2
}
