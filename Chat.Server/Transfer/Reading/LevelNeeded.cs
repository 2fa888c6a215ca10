using Chat.Contracts.Entries;
using Chat.Server.Callers;
using Chat.Server.Persistence.Deployments;
using Chat.Server.Persistence.Entries;
using Chat.Server.Transfer.Lines;

namespace Chat.Server.Transfer.Reading;

/// <summary>The level that a server must have for what a line brings, by the rules of what is stored live.</summary>
internal static class LevelNeeded
{
    public static int By(TransferLine line, in EntryContent content) => line switch
    {
        HeaderLine header => header.Level,
        EntryLine => !content.IsShown ? Deployment.LevelOfMessages : 0,
        ConversationLine { IsArchived: true } => Deployment.LevelOfMessages,
        TenantLine { SuspendedAt: not null } => Deployment.LevelOfSuspension,
        ConversationLine { SlowModeSeconds: > 0 } or BlockLine or RevocationLine or UserLine { DeactivatedAt: not null }
            or ParticipantLine { Role: not (ParticipantRole.Member or ParticipantRole.Owner) }
            => Deployment.LevelOfRights,
        ConversationLine conversation when conversation.Tenant != Tenant.Default => Deployment.LevelOfRights,
        _ => 0,
    };
}
