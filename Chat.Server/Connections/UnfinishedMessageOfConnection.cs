using Chat.Contracts.Errors;

namespace Chat.Server.Connections;

/// <summary>The message that one connection is sending.</summary>
internal sealed class UnfinishedMessageOfConnection(UnfinishedMessages all, Connection connection)
    : UnfinishedMessage(all)
{
    internal override void Cut() => connection.TryCut();

    internal override Task EndAsync(string reason, CancellationToken now) =>
        connection.EndAsync(CloseReason.MessageUnfinished, reason, now);
}
