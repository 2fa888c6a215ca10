using System.Reflection;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>A multiplexer with another owner: closing it and subscribing to its failures do nothing.</summary>
/// <remarks>A proxy, because the interface has 60 members and its user needs two.</remarks>
internal class LentMultiplexer : DispatchProxy
{
    private ISubscriber? _subscriber;

    public static IConnectionMultiplexer Over(ISubscriber subscriber)
    {
        var lent = Create<IConnectionMultiplexer, LentMultiplexer>();
        ((LentMultiplexer)lent)._subscriber = subscriber;
        return lent;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IConnectionMultiplexer.GetSubscriber) => _subscriber,
        // Only used for a log line. RedisWatch logs it once, and in time.
        $"get_{nameof(IConnectionMultiplexer.IsConnected)}" => true,
        // Dispose, events and the like.
        _ when targetMethod.ReturnType == typeof(void) => null,
        _ => throw new NotSupportedException($"{targetMethod.Name} of a lent connection"),
    };
}
