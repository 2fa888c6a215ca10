namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    private async ValueTask RefreshAsync(RawCommand command) =>
        await writer.ReplyAsync(RawReplies.Refreshed(dialect, await context.Refresh.RunAsync(this, command.Token)));
}
