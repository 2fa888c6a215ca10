using Chat.Contracts.Events;
using Chat.Server.Callers;

namespace Chat.Server.Lists;

/// <summary>A conversation as one who has read nothing lists it.</summary>
/// <param name="Tenant">Whose conversation it is.</param>
/// <param name="Summary">How it stands.</param>
internal sealed record ListHead(Tenant Tenant, ConversationSummary Summary);
