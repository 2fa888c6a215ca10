using System.Text.Json;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Identity.Tokens;
using Chat.Server.Keys.Store;
using Chat.Server.Revocations;
using Chat.Server.Transports;
using Chat.Server.Transports.Rest;
using Microsoft.Extensions.Options;

namespace Chat.Server.Keys.Api;

/// <summary>Back ends make tokens for their users, and revoke them.</summary>
internal sealed class TokenEndpoints(
    TokenMaker maker, Credentials<UserTokenRow> tokens, RevocationDesk revocations, ServerMode mode,
    IOptions<IdentityOptions> options)
{
    private static readonly TimeSpan UnlessGiven = TimeSpan.FromHours(1);

    private TimeSpan Most => options.Value.MaxLifetime;

    public async Task CreateAsync(HttpContext http)
    {
        var wanted = Read(RestToken.Parse(await RequestBody.ReadAsync(http)), KeyHolders.Of(http).Tenant);
        var (token, row) = await maker.MakeAsync(wanted, http.Entry("", ""), http.RequestAborted);
        await RestAnswer.WriteAsync(http, StatusCodes.Status201Created, (token, row), static (writer, made) =>
        {
            writer.WriteString("token"u8, made.token);
            Write(writer, made.row);
        });
    }

    public async Task RevokeAsync(HttpContext http, string id)
    {
        var holder = KeyHolders.Of(http);
        var revoked = await tokens.RevokeAsync(
            id, row => row.Tenant == holder.Tenant, http.Entry("token.revoke", id), http.RequestAborted);
        if (revoked is null) throw new NotFoundException("token not found");
        if (mode.HasTokens) await EndAsync(revoked);
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, revoked, Write);
    }

    /// <summary>The connections that it opened, on every instance; not those of other tokens of its session.</summary>
    private Task EndAsync(UserTokenRow revoked) => revocations.RunAsync(new RevocationOrder(
        RevocationKind.Revoke, revoked.Caller.User, revoked.Id, Before: null, $"token {revoked.Id}")
    {
        TokensLive = Most,
    });

    private NewToken Read(RestToken given, Tenant tenant)
    {
        if (CallerName.FindProblem(given.UserId, out var user) is { } problem)
            throw ChatException.BadRequest($"user_id {problem}");
        ChatException.ThrowIf(UserRules.CheckName(given.Name, out var name));
        var roles = CallerRoles.User;
        foreach (var role in given.Roles ?? [])
            roles |= CallerRoleNames.Find(role)
                ?? throw ChatException.BadRequest("roles must be some of user and moderator");
        if (given.Session is { Length: 0 or > UserTokenRow.SessionLength })
            throw ChatException.BadRequest($"session must have 1 to {UserTokenRow.SessionLength} characters");
        var life = Lives.OfToken(given.Ttl, UnlessGiven < Most ? UnlessGiven : Most, Most);
        return new NewToken(new UserKey(tenant, user), name, roles, life, given.Session);
    }

    private static void Write(Utf8JsonWriter writer, UserTokenRow row)
    {
        writer.WriteString("id"u8, row.Id);
        writer.WriteString("user_id"u8, row.UserId.Value);
        writer.WriteString("tenant"u8, row.Tenant.Name);
        writer.WriteString("name"u8, row.Name);
        writer.WriteStartArray("roles"u8);
        foreach (var role in CallerRoleNames.Of(row.Roles)) writer.WriteStringValue(role);
        writer.WriteEndArray();
        writer.WriteString("session"u8, row.Session);
        EntryJson.WriteTime(writer, JsonNames.Snake.CreatedAt, row.CreatedAt);
        CredentialJson.WriteEnds(writer, row);
    }
}
