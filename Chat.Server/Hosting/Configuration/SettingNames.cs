using System.Text.RegularExpressions;
using Chat.Server.Hosting.Commands;

namespace Chat.Server.Hosting.Configuration;

/// <summary>The names that settings may have: those that <c>help</c> lists.</summary>
internal static partial class SettingNames
{
    private const int ShortName = 12;
    private const StringComparison Comparison = StringComparison.OrdinalIgnoreCase;

    /// <summary>Below these any name is allowed: they belong to ASP.NET or to a library.</summary>
    private static readonly string[] OfOthers =
        ["Logging", "Kestrel", "Authentication", "AllowedHosts", "HostFiltering", "HostOptions", "OTEL_", "DOTNET_",
            "ASPNETCORE_"];

    /// <summary>Settings of ASP.NET's own host that stand on a command line.</summary>
    private static readonly string[] OfHost =
        ["urls", "http_ports", "https_ports", "environment", "contentRoot", "applicationName", "webroot",
            "detailedErrors", "preferHostingUrls", "startupAssembly", "captureStartupErrors"];

    private static readonly string[] Listed = ListedNames().Matches(HelpText.Text).Select(m => m.Value).ToArray();

    private static readonly HashSet<string> Known = new([.. Listed, .. OfHost], StringComparer.OrdinalIgnoreCase);

    public static bool IsKnown(string name) =>
        Known.Contains(name) || OfIssuer().IsMatch(name) || OfWebhook().IsMatch(name)
        || OfOthers.Any(start => name.StartsWith(start, Comparison));

    /// <summary>What was wrong with a name, and what was probably meant.</summary>
    public static string Problem(string name) => $"{name} is no setting{Suggestion(name)}; help lists all";

    private static string Suggestion(string name)
    {
        if (Known.FirstOrDefault(known => name.StartsWith(known + ":", Comparison)) is { } list)
            return $": {list} is one text; separate several values by commas";
        var sameEnd = Known.FirstOrDefault(known => LastPart(known).Equals(LastPart(name), Comparison));
        var nearest = Known.MinBy(known => Distance(known, name))!;
        var isNear = Distance(nearest, name) <= (name.Length < ShortName ? 2 : 3);
        return (isNear ? nearest : sameEnd) is { } meant ? $": {meant} may be meant" : "";
    }

    private static string LastPart(string name) => name[(name.LastIndexOf(':') + 1)..];

    /// <summary>Levenshtein's distance, without regard to case.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (diagonal, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var isSame = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]);
                left = Math.Min(diagonal + (isSame ? 0 : 1), Math.Min(row[j], left) + 1);
                (diagonal, row[j]) = (row[j], left);
            }
        }
        return row[^1];
    }

    /// <summary>Settings that are one for each issuer.</summary>
    [GeneratedRegex(@"^Chat:Identity:Issuers:[^:]+:Tenant$", RegexOptions.IgnoreCase)]
    private static partial Regex OfIssuer();

    /// <summary>Settings that are one for each webhook, and those of the one that is asked.</summary>
    [GeneratedRegex(@"^Chat:Webhooks:((?!BeforeSend:)[^:]+:(Url|Secret|AllowHttp|Kinds|Tenant|Conversations|"
        + "TimeoutSeconds|AtOnce)|BeforeSend:(Url|Secret|AllowHttp|BudgetMilliseconds|OnFailure))$",
        RegexOptions.IgnoreCase)]
    private static partial Regex OfWebhook();

    [GeneratedRegex(@"\b(Chat:\w+:\w+|ConnectionStrings:\w+|[A-Z]{2,}_[A-Z_]+|PORT)\b(?!:[\w<])")]
    private static partial Regex ListedNames();
}
