using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chat.Server.Callers;
using Chat.Server.Keys;
using Chat.Server.Keys.Store;

namespace Chat.Server.Operators;

/// <summary>Lets a browser in that was given a key once, for half a day: a cookie that says until when, who, and with
/// which key, and is signed.</summary>
internal sealed class OperatorSessions(OperatorKey key, Credentials<ApiKeyRow> keys, TimeProvider time)
{
    public const string Cookie = "chat_operator";

    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    /// <param name="http">The request.</param>
    /// <param name="name">What the operator is called; may be empty.</param>
    /// <param name="withKey">The id of the back end's key; empty: it was the operators' own.</param>
    public void Open(HttpContext http, string name, string withKey = "")
    {
        var until = time.GetUtcNow() + Life;
        var content = string.Create(CultureInfo.InvariantCulture,
            $"{until.ToUnixTimeSeconds()}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name))}.{withKey}");
        http.Response.Cookies.Append(Cookie, $"{content}.{Sign(content)}", Options(http, Life));
    }

    public static void Close(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options(http, null));

    /// <summary>Whose session it is. That of a key ends with the key.</summary>
    /// <returns>Null: no session that holds.</returns>
    public async ValueTask<KeyHolder?> FindAsync(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: < 4096 } cookie) return null;
        var parts = cookie.Split('.');
        if (parts.Length != 4 || !IsSigned($"{parts[0]}.{parts[1]}.{parts[2]}", parts[3])) return null;
        var until = long.Parse(parts[0], CultureInfo.InvariantCulture);
        if (until <= time.GetUtcNow().ToUnixTimeSeconds()) return null;
        if (parts[2].Length == 0)
            return OperatorName.HolderOf(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])));
        var row = (await keys.FindStandingAsync(parts[2], request.HttpContext.RequestAborted)).Row;
        return row?.Scopes.HasFlag(KeyScopes.Operator) == true ? row.Holder : null;
    }

    private bool IsSigned(string content, string signature) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Sign(content)), Encoding.UTF8.GetBytes(signature));

    private string Sign(string content) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key.SessionKey, Encoding.UTF8.GetBytes(content)));

    // Strict: not sent with requests from pages of other sites.
    private static CookieOptions Options(HttpContext http, TimeSpan? life) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, MaxAge = life,
        Path = http.Request.PathBase.HasValue ? http.Request.PathBase.Value : "/",
    };
}
