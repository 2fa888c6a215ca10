using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Rights;
using Chat.Server.Safety.Blocks;
using Chat.Server.Safety.Reports;
using Chat.Server.Users;

namespace Chat.Server.Application;

/// <summary>What the transports call for users, and the look at callers that comes before.</summary>
internal sealed record ActorCalls(
    ChatService Chat, ConversationRights Rights, ReportCalls Reports, Blocking Blocks, UserDirectory Users,
    Admission Admission);
