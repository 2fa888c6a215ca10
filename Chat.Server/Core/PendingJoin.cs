using Chat.Contracts.Events;
using Chat.Server.FanOut;

namespace Chat.Server.Core;

/// <summary>A granted join without an answer yet. Nothing is delivered before <see cref="Activate"/>, so that the
/// answer comes first.</summary>
internal readonly record struct PendingJoin(Subscription Subscription, long? After, JoinResult Result)
{
    public void Activate() => Subscription.Activate(After);
}
