using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Tasks.Admin;

/// <summary>What an operator may do to tasks.</summary>
internal enum TaskChange
{
    Run,
    Archive,
    Delete,
}
