using Chat.Contracts.Identifiers;

namespace Chat.Server.Room.Store;

internal sealed class RoomClientRow
{
    public required UserId ClientId { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }
}
