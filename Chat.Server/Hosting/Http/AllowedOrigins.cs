using System.Diagnostics.CodeAnalysis;

namespace Chat.Server.Hosting.Http;

/// <summary>Web sites whose pages may call this server.</summary>
internal sealed class AllowedOrigins
{
    private const string Any = "*";

    private readonly HashSet<string> _origins;

    private AllowedOrigins(HashSet<string> origins) => _origins = origins;

    public bool IsEmpty => _origins.Count == 0;

    /// <exception cref="FormatException">The text is not as <see cref="TryParse"/> wants it.</exception>
    public static AllowedOrigins Parse(string text) =>
        TryParse(text, out var origins, out var problem) ? origins : throw new FormatException(problem);

    /// <param name="text">Origins such as <c>https://app.example.com</c>, or <c>*</c> for all, separated by
    /// commas.</param>
    /// <param name="origins">What was read.</param>
    /// <param name="problem">The part that is no origin.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out AllowedOrigins? origins, [NotNullWhen(false)] out string? problem)
    {
        var read = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        (origins, problem) = (null, null);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part != Any && !IsOrigin(part))
            {
                problem = part;
                return false;
            }
            read.Add(part);
        }
        origins = new AllowedOrigins(read);
        return true;
    }

    /// <param name="origin">What a request says of its page; empty: nothing.</param>
    public bool Contains(string origin) =>
        _origins.Contains(Any) || (origin.Length > 0 && _origins.Contains(origin));

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == text;
}
