using Chat.Contracts.Commands;
using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    private async ValueTask HandleReportAsync(RawCommand command, CancellationToken ct)
    {
        var said = command.Rights ?? RawRights.None;
        switch (command.Type)
        {
            case RawCommandType.Reports:
                await AnswerReportsAsync(command, ct);
                return;
            case RawCommandType.Report:
                await context.Reports.Reporting.ReportAsync(
                    Caller, command.RequiredConversation, said.ToReport(command.UserId, command.Seq), ct);
                break;
            default:
                await context.Reports.Queue.CloseAsync(
                    Caller, said.RequiredReport, ReportFields.OutcomeOf(said.Outcome), ct);
                break;
        }
        await writer.ReplyAsync(RawReplies.Done(dialect, command.Type, command.Conversation));
    }

    private async ValueTask AnswerReportsAsync(RawCommand command, CancellationToken ct)
    {
        ChatException.ThrowIf(ReportRules.Limit.Check(command.Limit)); // before it is narrowed
        writer.WatchesReports = true; // before they are read: so no change is missed in between
        var query = new ReportsQuery { After = command.Rights?.AfterId, Limit = (int?)command.Limit };
        using var room = await RoomForAsync(Connections.Answers.Reports, ct);
        var found = await context.Reports.Queue.ListAsync(Caller, command.Conversation, query, ct);
        room.Hold(AnswerWeight.Of(found));
        await ShowAsync(RawReplies.Reports(dialect, found), ct);
    }
}
