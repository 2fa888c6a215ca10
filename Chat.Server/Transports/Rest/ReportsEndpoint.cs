using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Safety.Reports;
using Chat.Server.Transports.WebSockets;

namespace Chat.Server.Transports.Rest;

/// <summary>Reports over REST: for users, for moderators, and for keys with the scope <c>admin</c>.</summary>
internal sealed class ReportsEndpoint(IIdentity identity, ReportCalls reports, Answers answers)
{
    public async Task ReportAsync(HttpContext http, string id)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var content = RestReport.Parse(await RequestBody.ReadAsync(http)).ToContent();
        await reports.Reporting.ReportAsync(caller, conversation, content, http.RequestAborted);
        await RestAnswer.SucceedAsync(http);
    }

    /// <param name="http">The request.</param>
    /// <param name="id">The conversation; null: all of the tenant.</param>
    public Task ListAsync(HttpContext http, string? id) => ListAsync(
        http, identity.CallerOf(http), id is null ? null : ChatEndpoints.ConversationOf(id));

    public Task CloseAsync(HttpContext http, string id) => CloseAsync(http, identity.CallerOf(http), id);

    /// <summary>All of the tenant of a key.</summary>
    public Task ListForKeyAsync(HttpContext http) =>
        ListAsync(http, KeyHolders.ApplicationOf(http), conversation: null);

    public Task CloseForKeyAsync(HttpContext http, string id) => CloseAsync(http, KeyHolders.ApplicationOf(http), id);

    private async Task ListAsync(HttpContext http, Caller caller, ConversationId? conversation)
    {
        var query = http.Request.Query;
        ChatException.ThrowIf(ReportRules.Limit.Parse(query["limit"], out var limit));
        ChatException.ThrowIf(ReportRules.After.Parse(query["after_id"], out var after));
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.Reports);
        var found = await reports.Queue.ListAsync(caller, conversation,
            new ReportsQuery { After = after, Limit = (int?)limit }, http.RequestAborted);
        room.Hold(AnswerWeight.Of(found));
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, found, static (writer, s) =>
        {
            ReportFields.Write(writer, JsonNames.Snake, s, RawFeatures.Threads);
            writer.WriteNumber("count"u8, s.Count);
        });
    }

    private async Task CloseAsync(HttpContext http, Caller caller, string id)
    {
        ChatException.ThrowIf(ReportRules.Id.Parse(id, out var number));
        var outcome = ReportFields.OutcomeOf(RestReport.Parse(await RequestBody.ReadAsync(http)).Outcome);
        await reports.Queue.CloseAsync(caller, number!.Value, outcome, http.RequestAborted);
        await RestAnswer.SucceedAsync(http);
    }
}
