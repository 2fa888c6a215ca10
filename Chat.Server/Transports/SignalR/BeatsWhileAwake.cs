using Chat.Server.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Chat.Server.Transports.SignalR;

/// <summary>The beats of a connection, once a second, without those that follow a pause of this process.</summary>
/// <param name="beats">All of them.</param>
/// <param name="time">What pauses are seen with.</param>
/// <param name="after">How long there are none.</param>
internal sealed class BeatsWhileAwake(IConnectionHeartbeatFeature beats, TimeProvider time, TimeSpan after)
    : IConnectionHeartbeatFeature
{
    public void OnHeartbeat(Action<object> action, object state)
    {
        var awake = new AwakeTime(time, after / 4);
        beats.OnHeartbeat(one =>
        {
            if (awake.Beat() >= after) action(one);
        }, state);
    }
}
