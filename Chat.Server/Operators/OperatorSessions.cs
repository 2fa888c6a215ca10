using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Server.Operators;

/// <summary>Lets a browser in that was given the key once, for half a day: a cookie that says until when and who, and
/// is signed.</summary>
internal sealed class OperatorSessions(OperatorKey key, TimeProvider time)
{
    public const string Cookie = "chat_operator";

    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    public void Open(HttpContext http, string name)
    {
        var until = time.GetUtcNow() + Life;
        var content = string.Create(CultureInfo.InvariantCulture,
            $"{until.ToUnixTimeSeconds()}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name))}");
        http.Response.Cookies.Append(Cookie, $"{content}.{Sign(content)}", Options(http, Life));
    }

    public static void Close(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options(http, null));

    /// <returns>The name that was given with the key, perhaps empty; null: no session that holds.</returns>
    public string? NameOf(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: < 4096 } cookie) return null;
        var parts = cookie.Split('.');
        if (parts.Length != 3 || !IsSigned($"{parts[0]}.{parts[1]}", parts[2])) return null;
        var until = long.Parse(parts[0], CultureInfo.InvariantCulture);
        return until > time.GetUtcNow().ToUnixTimeSeconds()
            ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]))
            : null;
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
