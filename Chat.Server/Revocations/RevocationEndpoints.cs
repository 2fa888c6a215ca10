using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Identity.Tokens;
using Chat.Server.Transports;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;
using Microsoft.Extensions.Options;

namespace Chat.Server.Revocations;

/// <summary>What back ends and operators do about users who may not be here any more.</summary>
internal sealed class RevocationEndpoints(
    RevocationDesk desk, ServerMode mode, IOptions<IdentityOptions> identity, TimeProvider time)
{
    public async Task HandleAsync(HttpContext http, RevocationKind kind)
    {
        if (!mode.HasTokens) throw ChatException.BadRequest("this server is open: there are no tokens to refuse");
        var holder = KeyHolders.Of(http);
        var order = RevocationBody.Parse(await RequestBody.ReadAsync(http)).ToOrder(
            kind, holder.Tenant, time.GetUtcNow(), identity.Value.MaxLifetime);
        KeyReach.DemandTenant(holder, order.User.Tenant);
        var effective = await desk.RunAsync(order with
        {
            Audit = http.Entry($"user.{kind.ToString().ToLowerInvariant()}", order.User.Id.Value) with
            {
                Tenant = order.User.Tenant,
            },
        });
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, effective,
            static (writer, at) => EntryJson.WriteTime(writer, JsonNames.Snake.EffectiveAt, at));
    }
}
