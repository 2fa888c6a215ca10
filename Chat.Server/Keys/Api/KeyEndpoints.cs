using System.Text.Json;
using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Keys.Store;
using Chat.Server.Transports;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Keys.Api;

/// <summary>Back ends make, list and revoke keys: with at most the scopes and the tenant of their own.</summary>
internal sealed class KeyEndpoints(KeyMaker maker, Credentials<ApiKeyRow> keys, CredentialStore store)
{
    public async Task CreateAsync(HttpContext http)
    {
        var holder = KeyHolders.Of(http);
        var wanted = Read(RestKey.Parse(await RequestBody.ReadAsync(http)), holder);
        if (KeyRules.FindProblem(wanted) is { } problem) throw ChatException.BadRequest(problem);
        if (!holder.Reaches(wanted.Tenant) || (wanted.Scopes & ~holder.Scopes) != 0)
            throw new ChatException(new ChatError(ChatErrorCode.Forbidden,
                "a key makes keys with at most its own scopes and tenant"));
        var (key, row) = await maker.MakeAsync(wanted, http.Entry("", ""), http.RequestAborted);
        await RestAnswer.WriteAsync(http, StatusCodes.Status201Created, (key, row), static (writer, made) =>
        {
            writer.WriteString("key"u8, made.key);
            Write(writer, made.row);
        });
    }

    public async Task ListAsync(HttpContext http)
    {
        var found = await store.ListKeysAsync(KeyHolders.Of(http).Own, http.RequestAborted);
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, found, static (writer, rows) =>
        {
            writer.WriteStartArray("keys"u8);
            foreach (var row in rows)
            {
                writer.WriteStartObject();
                Write(writer, row);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteNumber("count"u8, rows.Count);
        });
    }

    public async Task RevokeAsync(HttpContext http, string id)
    {
        var holder = KeyHolders.Of(http);
        var revoked = await keys.RevokeAsync(
            id, row => holder.Reaches(row.Tenant), http.Entry("key.revoke", id), http.RequestAborted);
        if (revoked is null) throw new NotFoundException("key not found");
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, revoked, Write);
    }

    private static NewKey Read(RestKey given, KeyHolder holder)
    {
        Tenant? tenant = holder.Tenant;
        if (given.Tenant == KeyRules.AllTenants) tenant = null;
        else if (given.Tenant is not null)
            tenant = Tenant.TryCreate(given.Tenant, out var named) ? named
                : throw ChatException.BadRequest($"tenant must be {KeyRules.AllTenants} or {Tenant.Rule}");
        return KeyScopeNames.TryParse(given.Scopes ?? [], out var scopes)
            ? new NewKey(given.Name ?? "", tenant, scopes, Lives.OfKey(given.ExpiresIn))
            : throw ChatException.BadRequest($"scopes must be some of {KeyScopeNames.Allowed}");
    }

    private static void Write(Utf8JsonWriter writer, ApiKeyRow row)
    {
        writer.WriteString("id"u8, row.Id);
        writer.WriteString("name"u8, row.Name);
        writer.WriteString("tenant"u8, row.Tenant?.Name ?? KeyRules.AllTenants);
        writer.WriteStartArray("scopes"u8);
        foreach (var scope in KeyScopeNames.Of(row.Scopes)) writer.WriteStringValue(scope);
        writer.WriteEndArray();
        writer.WriteString("created_by"u8, row.CreatedBy);
        EntryJson.WriteTime(writer, JsonNames.Snake.CreatedAt, row.CreatedAt);
        CredentialJson.WriteEnds(writer, row);
    }
}
