using System.Text;

namespace Chat.Server.Operators;

/// <summary>What a program gives as <c>Authorization</c>: the key as the password of <c>Basic</c>, whose user says who
/// it is, or as <c>Bearer</c>.</summary>
/// <param name="Name">Who it is; empty when that is not said.</param>
/// <param name="Key">What was given as key.</param>
internal readonly record struct OperatorCredentials(string Name, string Key)
{
    private const string Bearer = "Bearer ", Basic = "Basic ";

    /// <returns>Null when nothing was given; an empty key when it is in no form that is known.</returns>
    public static OperatorCredentials? Of(HttpRequest request)
    {
        var given = request.Headers.Authorization.ToString();
        if (given.Length == 0) return null;
        if (given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return new OperatorCredentials("", given[Bearer.Length..].Trim());
        return given.StartsWith(Basic, StringComparison.OrdinalIgnoreCase)
            ? FromBasic(given[Basic.Length..].Trim())
            : new OperatorCredentials("", "");
    }

    private static OperatorCredentials FromBasic(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, bytes, out var length)) return new OperatorCredentials("", "");
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new OperatorCredentials("", "")
            : new OperatorCredentials(OperatorName.Of(text[..colon]), text[(colon + 1)..]);
    }
}
