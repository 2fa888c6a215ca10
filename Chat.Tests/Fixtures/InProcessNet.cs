using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.InProcess;

namespace Chat.Tests.Fixtures;

internal sealed class InProcessNet : BackplaneNet
{
    private readonly Dictionary<string, InProcessBus> _buses = [];

    public override Task<BackplaneMember> JoinAsync(string deployment = "chat")
    {
        if (!_buses.TryGetValue(deployment, out var bus)) _buses[deployment] = bus = new InProcessBus();
        return Task.FromResult(Add(new InProcessBackplane(bus)));
    }

    public override Task UnsubscribedAsync(BackplaneMember member, BackplaneChannel channel) => Task.CompletedTask;
}
