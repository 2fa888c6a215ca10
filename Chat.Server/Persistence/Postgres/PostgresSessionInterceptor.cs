using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Chat.Server.Persistence.Postgres;

/// <summary>Lets go of the sessions of a server that stops or takes no writes, when EF Core is told so.</summary>
internal sealed class PostgresSessionInterceptor(PostgresConnections connections) : DbCommandInterceptor
{
    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Look(eventData);

    public override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Look(eventData);
        return Task.CompletedTask;
    }

    private void Look(CommandErrorEventData failure)
    {
        if (PostgresFailures.IsOfServer(failure.Exception)) connections.Reads.Clear();
    }
}
