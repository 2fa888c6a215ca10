using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>Lets go of the sessions when EF Core is told that the server stops or takes no writes, or finds that a
/// session is lost.</summary>
internal sealed class PostgresSessionInterceptor(PostgresConnections connections) : DbCommandInterceptor
{
    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) =>
        Look(command, eventData);

    public override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Look(command, eventData);
        return Task.CompletedTask;
    }

    private void Look(DbCommand command, CommandErrorEventData failure)
    {
        if (PostgresFailures.IsOfServer(failure.Exception) || (command.Connection is NpgsqlConnection connection
            && PostgresFailures.IsInDoubt(failure.Exception, connection))) connections.Reads.Clear();
    }
}
