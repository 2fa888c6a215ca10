using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Transfer;

/// <summary>What is to be exported.</summary>
/// <param name="Tenant">Of this tenant only; null: of all.</param>
/// <param name="Conversations">These only, with the names of those who take part; null: all, and the tenants' other
/// state.</param>
internal sealed record ExportFilter(Tenant? Tenant, IReadOnlyList<ConversationId>? Conversations)
{
    public static readonly ExportFilter Everything = new(null, null);
}
