using Chat.Contracts.Entries;
using Chat.Server.Persistence.Rows;
using Chat.Server.Revocations.Store;
using Chat.Server.Safety.Reports.Store;
using Chat.Server.Safety.Store;
using Chat.Server.Transfer.Lines;

namespace Chat.Server.Transfer.Store;

/// <summary>What of each row is exported. What is left out is made by an import, from the rest.</summary>
internal static class RowLines
{
    public static ConversationLine ToLine(this ConversationRow row) => new()
    {
        Id = row.Id, Tenant = row.Tenant, Kind = row.Kind, Title = row.Title, DirectKey = row.DirectKey,
        CreatedAt = row.CreatedAt, LastSequence = row.LastSequence, RemovedSequence = row.RemovedSequence,
        ErasedSequence = row.ErasedSequence, SlowModeSeconds = row.SlowModeSeconds,
        Topic = row.Topic, AvatarUrl = row.AvatarUrl, IsArchived = row.IsArchived,
    };

    public static ParticipantLine ToLine(this ParticipantRow row) => new()
    {
        UserId = row.UserId, Role = row.Role, RoleUntil = row.RoleUntil, RoleReason = row.RoleReason,
        JoinedAt = row.JoinedAt, Read = row.LastReadSequence, UnreadFrom = row.UnreadFrom, IsMuted = row.IsMuted,
    };

    public static EntryLine ToLine(this MessageRow row)
    {
        var entry = row.ToEntry();
        if (entry is UnknownEntry)
            throw new TransferException($"entry {row.Sequence} of the conversation {row.ConversationId} is of kind "
                + $"{(int)row.Kind}, which this version does not know: export with the version that stored it");
        return new EntryLine { Entry = entry, DedupeKey = entry is MessageEntry ? null : row.DedupeKey };
    }

    public static ReactionLine ToLine(this ReactionRow row) =>
        new() { TargetSequence = row.TargetSequence, UserId = row.UserId, Keys = row.Keys };

    public static UntoldLine ToLine(this MessageStateRow row) =>
        new() { TargetSequence = row.Sequence, Since = row.UntoldSince!.Value };

    public static FollowLine ToLine(this ThreadFollowRow row) => new()
    {
        UserId = row.UserId, Thread = row.Thread, IsFollowing = row.IsFollowing, Read = row.LastReadSequence,
        UnreadFrom = row.UnreadFrom,
    };

    public static MentionLine ToLine(this MentionRow row) =>
        new() { UserId = row.UserId, Sequence = row.Sequence, Thread = row.Thread, CreatedAt = row.CreatedAt };

    public static UserLine ToLine(this UserRow row) => new()
    {
        Tenant = row.Tenant, UserId = row.UserId, DisplayName = row.Name, LastSeenAt = row.LastSeenAt,
        DeactivatedAt = row.DeactivatedAt,
    };

    public static BlockLine ToLine(this BlockRow row) => new()
    {
        Tenant = row.Tenant, UserId = row.UserId, OtherId = row.OtherId, Blocks = row.Blocks,
        IsBlocked = row.IsBlocked, ChangedAt = row.ChangedAt,
    };

    public static TenantLine ToLine(this TenantRow row) =>
        new() { Tenant = row.Name, SuspendedAt = row.SuspendedAt, Reason = row.Reason };

    public static RevocationLine ToLine(this RevocationRow row) => new()
    {
        Tenant = row.Tenant, UserId = row.UserId == default ? null : row.UserId, Session = row.Session,
        NotBefore = row.NotBefore, Reason = row.Reason, Expires = row.Expires,
    };

    public static ReportLine ToLine(this ReportRow row) => new()
    {
        Tenant = row.Tenant, ConversationId = row.ConversationId, Sequence = row.Sequence, MessageId = row.MessageId,
        UserId = row.UserId, ReporterId = row.ReporterId, Reason = row.Reason, CreatedAt = row.CreatedAt,
        ClosedAt = row.ClosedAt, Outcome = row.Outcome,
    };
}
