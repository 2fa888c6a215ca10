using Chat.Server.Safety.Blocks;
using Chat.Server.Safety.Reports;
using Chat.Server.Users;

namespace Chat.Server.Transports;

/// <summary>What is asked and said about users, on sockets of both kinds.</summary>
internal sealed record UserCalls(UserDirectory Names, Blocking Blocking, ReportCalls Reports);
