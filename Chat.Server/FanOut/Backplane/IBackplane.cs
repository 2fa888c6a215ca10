namespace Chat.Server.FanOut.Backplane;

/// <summary>Carries bytes between the instances that share a database.</summary>
/// <remarks>At most once, and that is all: what is published may be lost, late, or arrive twice. Whoever needs more
/// asks the database. So nobody waits for it and no failure of it is anybody's error: every call returns at once and
/// never throws.</remarks>
internal interface IBackplane
{
    /// <summary>False when no other instance can be listening: callers then need not even encode.</summary>
    bool HasPeers { get; }

    /// <summary>Null while messages come through; else what is wrong, in a few words that strangers may read.</summary>
    string? Problem { get; }

    /// <summary>Whether what others publish to the channel comes through, as far as is known. A part of the backplane
    /// may be away, and this channel not in it.</summary>
    bool Carries(BackplaneChannel channel) => Problem is null;

    /// <summary>Names the one who is told. Once, before anything else.</summary>
    void Attach(IBackplaneReceiver receiver);

    /// <summary>From soon on, what other instances publish to the channel is received here, also after the backplane
    /// was away. Again: nothing changes.</summary>
    /// <returns>Ends when it is in effect; at once when the backplane is away, because then
    /// <see cref="IBackplaneReceiver.Recover"/> will follow. Never fails.</returns>
    Task Subscribe(BackplaneChannel channel);

    /// <summary>Soon nothing of it is received any more. Fine when it was not subscribed.</summary>
    void Unsubscribe(BackplaneChannel channel);

    /// <summary>Sends a message to the other instances that have subscribed to the channel, not to this one. The bytes
    /// must not change afterwards.</summary>
    void Publish(BackplaneChannel channel, ReadOnlyMemory<byte> message);
}
