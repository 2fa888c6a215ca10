namespace Chat.Server.FanOut.Backplane;

/// <summary>Carries bytes between the instances that share a database.</summary>
/// <remarks>No guarantee: a published message may be lost, late, or arrive twice; the database has the truth. So
/// callers never wait for it and never fail because of it: every call returns at once and never throws.</remarks>
internal interface IBackplane
{
    /// <summary>False when no other instance can be listening: callers then need not encode.</summary>
    bool HasPeers { get; }

    /// <summary>Null while messages are carried; else a short, public description of the problem.</summary>
    string? Problem { get; }

    /// <summary>Whether messages of others on the channel arrive, as far as known. A part of the backplane may be down
    /// without affecting this channel.</summary>
    bool Carries(BackplaneChannel channel) => Problem is null;

    /// <summary>Sets the receiver. Called once, first.</summary>
    void Attach(IBackplaneReceiver receiver);

    /// <summary>Subscribes to the channel, permanently: also after an outage of the backplane. Subscribing again
    /// changes nothing.</summary>
    /// <returns>Completes when it is in effect; at once when the backplane is down, because then
    /// <see cref="IBackplaneReceiver.Recover"/> will follow. Never fails.</returns>
    Task Subscribe(BackplaneChannel channel);

    /// <summary>Ends the subscription soon. Does nothing when not subscribed.</summary>
    void Unsubscribe(BackplaneChannel channel);

    /// <summary>Sends a message to the other instances that have subscribed to the channel, not to this one. The bytes
    /// must not change afterwards.</summary>
    void Publish(BackplaneChannel channel, ReadOnlyMemory<byte> message);
}
