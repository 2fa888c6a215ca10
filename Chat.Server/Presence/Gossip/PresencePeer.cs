using Chat.Server.Callers;

namespace Chat.Server.Presence.Gossip;

/// <summary>Another instance, as known from its messages.</summary>
internal sealed class PresencePeer(Guid instance)
{
    private HashSet<UserKey>?[]? _parts;
    private long _partsVersion;

    public Guid Instance => instance;

    /// <summary>Its users, at <see cref="Version"/>.</summary>
    public HashSet<UserKey> Users { get; private set; } = [];

    public long Version { get; private set; }

    /// <summary>When its last message came.</summary>
    public DateTimeOffset HeardAt { get; set; }

    /// <summary>The start of its lease: its last message, or when this instance could receive again.</summary>
    public long LeaseFrom { get; set; }

    /// <summary>When a snapshot was last requested; null: not yet.</summary>
    public long? AskedAt { get; set; }

    /// <summary>True when a message was missed: a snapshot is needed.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>When it announced its stop.</summary>
    public long? LeavingFrom { get; set; }

    /// <summary>True when the delta is the next one, and its steps apply.</summary>
    public bool Accepts(PresenceDelta delta)
    {
        if (delta.Version <= Version) return false; // late, or a repeat
        if (delta.Version > Version + 1)
        {
            IsBehind = true;
            return false;
        }
        Version = delta.Version;
        return true;
    }

    /// <summary>Compares the known state with the instance's.</summary>
    public void Compare(PresenceHeartbeat heartbeat)
    {
        if (heartbeat.Version > Version || heartbeat.Version == Version && heartbeat.Users != Users.Count)
            IsBehind = true;
    }

    /// <summary>Adds a part of a snapshot; returns the whole when it is complete. A snapshot older than the known state
    /// is ignored.</summary>
    public HashSet<UserKey>? Collect(PresencePart part)
    {
        if (part.Version < Version || part.Version == Version && !IsBehind
            || part.Version < _partsVersion && _parts is not null) return null;
        if (_parts is null || part.Version > _partsVersion || _parts.Length != part.Parts)
        {
            if (part.Parts > MaxParts) throw new InvalidDataException($"{part.Parts} parts are too many");
            _parts = new HashSet<UserKey>[part.Parts];
            _partsVersion = part.Version;
        }
        _parts[part.Index] = [.. part.Users];
        if (!_parts.All(p => p is not null)) return null;
        var whole = new HashSet<UserKey>(_parts.Sum(p => p!.Count));
        foreach (var some in _parts) whole.UnionWith(some!);
        return whole;
    }

    /// <summary>Replaces the known state with a snapshot.</summary>
    public void Adopt(HashSet<UserKey> users)
    {
        Users = users;
        Version = _partsVersion;
        _parts = null;
        IsBehind = false;
    }

    private const int MaxParts = 100_000;
}
