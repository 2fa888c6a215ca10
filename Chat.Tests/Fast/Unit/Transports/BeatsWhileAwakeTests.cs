using Chat.Server.Transports.SignalR;
using Microsoft.AspNetCore.Connections.Features;

namespace Chat.Tests.Unit.Transports;

/// <summary>CH-326: on the hub, where SignalR measures how long a client is silent.</summary>
public sealed class BeatsWhileAwakeTests : IConnectionHeartbeatFeature
{
    private Action _beat = () => { };

    void IConnectionHeartbeatFeature.OnHeartbeat(Action<object> action, object state) => _beat = () => action(state);

    [Fact]
    public void After_a_pause_there_are_none_until_clients_had_their_time()
    {
        var time = new ManualTime();
        var beats = new List<object>();
        new BeatsWhileAwake(this, time, TimeSpan.FromSeconds(60)).OnHeartbeat(beats.Add, this);
        Pass(5);
        Assert.Equal(5, beats.Count);
        time.Advance(TimeSpan.FromMinutes(2));
        Pass(60);
        Assert.Equal(5, beats.Count);
        Pass(2);
        Assert.Equal(7, beats.Count);
        Assert.All(beats, state => Assert.Same(this, state));

        void Pass(int seconds)
        {
            for (var i = 0; i < seconds; i++)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                _beat();
            }
        }
    }
}
