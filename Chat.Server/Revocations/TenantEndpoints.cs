using System.Text.Json;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Identity.Tokens;
using Chat.Server.Revocations.Store;
using Chat.Server.Transports;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;
using Microsoft.Extensions.Options;

namespace Chat.Server.Revocations;

/// <summary>What operators, and back ends whose key is for all tenants, do about a tenant that is to be served no
/// more.</summary>
internal sealed class TenantEndpoints(
    RevocationDesk desk, TenantStore tenants, ServerMode mode, IOptions<IdentityOptions> identity)
{
    private static readonly JsonEncodedText SuspendedAt = JsonEncodedText.Encode("suspended_at");

    public async Task HandleAsync(HttpContext http, RevocationKind kind)
    {
        if (!mode.HasTokens) throw ChatException.BadRequest("this server is open: it knows of one tenant only");
        KeyReach.DemandAllTenants(http);
        var order = RevocationBody.Parse(await RequestBody.ReadAsync(http))
            .ToOrderOfTenant(kind, identity.Value.MaxLifetime);
        var tenant = order.User.Tenant;
        var effective = await desk.RunAsync(order with
        {
            Audit = http.Entry($"tenant.{kind.ToString().ToLowerInvariant()}", tenant.Name) with { Tenant = tenant },
        });
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, effective,
            static (writer, at) => EntryJson.WriteTime(writer, JsonNames.Snake.EffectiveAt, at));
    }

    public async Task ListAsync(HttpContext http)
    {
        KeyReach.DemandAllTenants(http);
        var found = await tenants.ListSuspendedAsync(http.RequestAborted);
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, found, static (writer, rows) =>
        {
            writer.WriteStartArray("tenants"u8);
            foreach (var row in rows)
            {
                writer.WriteStartObject();
                writer.WriteString("tenant"u8, row.Name.Name);
                EntryJson.WriteTimeOrNull(writer, SuspendedAt, row.SuspendedAt);
                writer.WriteString("reason"u8, row.Reason);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteNumber("count"u8, rows.Count);
        });
    }
}
