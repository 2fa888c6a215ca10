using Chat.Contracts.Identifiers;

namespace Chat.Server.Notifications;

internal sealed record UnreadParticipant(UserId User, long LastRead);
