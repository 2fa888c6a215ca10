using Chat.Contracts.Entries;
using Chat.Server.Core;
using Chat.Server.Erasures;
using Chat.Server.Identity;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Application.Api;

/// <summary>What back ends do as the application, beyond what users do.</summary>
internal sealed class ApplicationEndpoints(ApplicationDesk desk)
{
    public async Task ImportAsync(HttpContext http)
    {
        var kind = (string?)http.Request.Query["kind"] switch
        {
            null or "" or "group" => ConversationKind.Group,
            "direct" => ConversationKind.Direct,
            _ => throw ChatException.BadRequest("kind must be group or direct"),
        };
        var ct = http.RequestAborted;
        var stored = await desk.ImportAsync(
            KeyHolders.Of(http).Tenant, kind, EntryBody.ReadAsync(http, ct), http.Entry("", ""), ct);
        await RestAnswer.WriteAsync(http, StatusCodes.Status201Created, stored, static (writer, report) =>
        {
            writer.WriteNumber("conversations"u8, report.Conversations);
            writer.WriteNumber("known"u8, report.Known);
            writer.WriteNumber("entries"u8, report.Entries);
        });
    }

    public async Task ExportUserAsync(HttpContext http)
    {
        var holder = KeyHolders.Of(http);
        var user = ErasureBody.Parse(await RequestBody.ReadAsync(http)).ToUser(holder.Tenant);
        KeyReach.DemandTenant(holder, user.Tenant);
        http.Response.ContentType = "application/x-ndjson";
        await using var output = new AnswerStream(http);
        await desk.ExportUserAsync(user, output, http.Entry("", ""), http.RequestAborted);
    }

    public async Task RewindAsync(HttpContext http)
    {
        KeyReach.DemandAllTenants(http);
        var body = RewindBody.Parse(await RequestBody.ReadAsync(http));
        if (!await desk.RewindAsync(
            body.Observer, body.ToStart(), body.Only, http.Entry("", ""), http.RequestAborted))
            throw new NotFoundException("observer not found");
        await RestAnswer.SucceedAsync(http);
    }
}
