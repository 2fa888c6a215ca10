using System.Text.Json;
using Chat.Server.Erasures.Store;
using Chat.Server.Identity;
using Chat.Server.Transports;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Erasures;

/// <summary>What back ends and operators do about users whose content is to go.</summary>
internal sealed class ErasureEndpoints(UserErasureStore store)
{
    /// <summary>For the audit.</summary>
    public const string Act = "user.erase";

    private static readonly JsonEncodedText RequestedAt = JsonEncodedText.Encode("requested_at"),
        FinishedAt = JsonEncodedText.Encode("finished_at");

    public async Task BeginAsync(HttpContext http)
    {
        var holder = KeyHolders.Of(http);
        var user = ErasureBody.Parse(await RequestBody.ReadAsync(http)).ToUser(holder.Tenant);
        KeyReach.DemandTenant(holder, user.Tenant);
        var entry = http.Entry(Act, user.Id.Value) with { Tenant = user.Tenant };
        var begun = await store.BeginAsync(user, entry, http.RequestAborted);
        await RestAnswer.WriteAsync(http, StatusCodes.Status202Accepted, begun, Write);
    }

    public async Task FindAsync(HttpContext http, string id)
    {
        var found = Guid.TryParse(id, out var known) ? await store.FindAsync(known, http.RequestAborted) : null;
        // Of other tenants there are none.
        if (found is null || !KeyHolders.Of(http).Reaches(found.Tenant))
            throw new NotFoundException("erasure not found");
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, found, Write);
    }

    private static void Write(Utf8JsonWriter writer, UserErasureRow row)
    {
        writer.WriteString("id"u8, row.Id);
        writer.WriteString("user_id"u8, row.UserId.Value);
        writer.WriteString("tenant"u8, row.Tenant.Name);
        writer.WriteString("state"u8, row.FinishedAt is null ? "running"u8 : "completed"u8);
        writer.WriteNumber("entries_done"u8, row.Position);
        writer.WriteNumber("entries"u8, row.Until);
        writer.WriteNumber("conversations"u8, row.Conversations);
        writer.WriteNumber("messages"u8, row.Messages);
        EntryJson.WriteTime(writer, RequestedAt, row.RequestedAt);
        EntryJson.WriteTimeOrNull(writer, FinishedAt, row.FinishedAt);
    }
}
