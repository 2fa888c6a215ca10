using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Identity.Tokens;
using Chat.Server.Keys;
using Chat.Server.Keys.Store;

namespace Chat.Server.Identity;

/// <summary>Lets back ends in that have a key.</summary>
internal sealed class KeyDoor(Credentials<ApiKeyRow> keys, Admission admission, SignIns signIns)
{
    /// <summary>The key in the header; null where what is there, if anything, is none.</summary>
    public static string? GivenIn(HttpRequest request) =>
        BearerToken.InHeader(request) is var given && Credential.IsKey(given) ? given : null;

    /// <summary>Looks at a key. Whose it is, is kept with the request.</summary>
    /// <returns>Null: it opens. Else why not.</returns>
    public async ValueTask<ChatError?> OpenAsync(HttpContext http, string key)
    {
        if (http.Request.Headers.Origin.Count > 0)
            return signIns.Failed(http, new ChatError(ChatErrorCode.Forbidden,
                "a key is for back ends: from a page of a browser (Origin) it is refused"));
        var (state, row) = await keys.FindAsync(key, http.RequestAborted);
        if (row is null)
            return signIns.Failed(http, Refuse(state), isForged: state == CredentialState.Unknown,
                $"key:{Credential.Parse(key)?.Id}");
        if (TenantOf(http.Request, row.Holder, out var tenant) is { } refusal) return signIns.Failed(http, refusal);
        // A key for all tenants is let in: a suspended tenant is resumed with it.
        if (row.Tenant is { } own && await admission.CheckAsync(own, http.RequestAborted) is { } refused)
            return signIns.Failed(http, refused);
        KeyHolders.Set(http, row.Holder with { Tenant = tenant });
        signIns.Succeeded();
        return null;
    }

    /// <summary>Why one that was let in must not go on: the key was revoked, deleted, or has ended.</summary>
    /// <returns>Null: it may, or that is not to be had now.</returns>
    public async ValueTask<ChatError?> FindEndAsync(KeyHolder holder, CancellationToken ct)
    {
        if (holder.KeyId is not { } id) return null;
        var state = (await keys.FindStandingAsync(id, ct)).State;
        return state is CredentialState.Good or CredentialState.NotToBeHad ? null : Refuse(state);
    }

    /// <summary>The id of a key with the scope <c>operator</c>; null: it is none.</summary>
    public async ValueTask<string?> FindOperatorAsync(string given, CancellationToken ct) =>
        Credential.IsKey(given) && (await keys.FindAsync(given, ct)).Row is { } row
            && row.Scopes.HasFlag(KeyScopes.Operator)
                ? row.Id
                : null;

    /// <summary>The tenant that a request of this holder is about.</summary>
    /// <returns>Null, or what is wrong with the one that it names.</returns>
    public static ChatError? TenantOf(HttpRequest request, KeyHolder holder, out Tenant tenant)
    {
        tenant = holder.Tenant;
        var named = request.Headers[KeyHeaders.Tenant].ToString();
        if (named.Length == 0) return null;
        if (!Tenant.TryCreate(named, out tenant))
            return new ChatError(ChatErrorCode.BadRequest,
                $"{KeyHeaders.Tenant} must be {Tenant.Rule}");
        return holder.Reaches(tenant) ? null
            : new ChatError(ChatErrorCode.Forbidden, $"{KeyHeaders.Tenant} is another tenant than the key's");
    }

    private static ChatError Refuse(CredentialState state) => state switch
    {
        CredentialState.Expired => new(ChatErrorCode.TokenExpired, "the key has expired"),
        CredentialState.Revoked => new(ChatErrorCode.TokenRevoked, "the key was revoked"),
        CredentialState.NotToBeHad => new(ChatErrorCode.InternalError, "keys cannot be checked now"),
        _ => new(ChatErrorCode.TokenInvalid, "the key is not accepted"),
    };
}
