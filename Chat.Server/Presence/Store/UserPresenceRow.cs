using Chat.Contracts.Identifiers;

namespace Chat.Server.Presence.Store;

internal sealed class UserPresenceRow
{
    public required UserId UserId { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }
}
