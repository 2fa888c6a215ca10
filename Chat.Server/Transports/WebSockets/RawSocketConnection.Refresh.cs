namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    private async ValueTask RefreshAsync(RawCommand command, CancellationToken ct) => await writer.ReplyAsync(
        RawReplies.Refreshed(dialect, await context.Refresh.RunAsync(this, command.Token, ct)));
}
