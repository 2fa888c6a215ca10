using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Transports.SignalR;

/// <summary>Ends hub connections from which nothing comes.</summary>
/// <remarks>SignalR does so (<see cref="HubOptions.ClientTimeoutInterval"/>), but only once the client has pinged. One
/// that never does, and is gone without a word, would stay until TCP gives up, a quarter of an hour later.</remarks>
internal static class HubSilence
{
    /// <summary>Calls and pings are life, both.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <param name="connection">Which.</param>
    /// <param name="time">Shows pauses of this process: after one the client has the whole time again.</param>
    public static void Watch(HubConnectionContext connection, TimeProvider time)
    {
        // Long polling: each poll is a sign of life, and SignalR ends those that do not poll. Its clients do not ping.
        if (connection.Features.Get<IConnectionInherentKeepAliveFeature>() is { HasInherentKeepAlive: true }) return;
        var beats = connection.Features.Get<IConnectionHeartbeatFeature>();
        if (beats is not null)
            connection.Features.Set<IConnectionHeartbeatFeature>(new BeatsWhileAwake(beats, time, Limit));
        StartClientTimeout(connection);
        connection.Features.Set(beats);
    }

    /// <summary>What SignalR calls at the first ping. There is no public way; a test sees when it is gone.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(StartClientTimeout))]
    private static extern void StartClientTimeout(HubConnectionContext connection);
}
