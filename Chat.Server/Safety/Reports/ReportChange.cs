using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Safety.Reports.Store;

namespace Chat.Server.Safety.Reports;

/// <summary>A report of a conversation was made or closed.</summary>
/// <param name="Conversation">Where.</param>
/// <param name="About">Whom it is about, who is not told.</param>
internal readonly record struct ReportChange(ConversationId Conversation, UserKey About)
{
    public static ReportChange Of(ReportRow row) => new(row.ConversationId, new UserKey(row.Tenant, row.UserId));
}
