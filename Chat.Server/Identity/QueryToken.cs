using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Chat.Server.Identity;

/// <summary>A token in an address: browsers cannot give a WebSocket headers. It is taken out before anybody else sees
/// the address, which is logged and traced.</summary>
internal sealed class QueryToken
{
    public const string Parameter = "access_token";

    private readonly IReadOnlyList<string> _values;

    private QueryToken(IReadOnlyList<string> values) => _values = values;

    /// <summary>The tokens in the address, in their order; all of them are taken out of it.</summary>
    public static IReadOnlyList<string> Of(HttpContext http)
    {
        TakeOut(http.Features);
        return http.Features.Get<QueryToken>()?._values ?? [];
    }

    /// <summary>Takes them out of the request; once more is the same as once.</summary>
    public static void TakeOut(IFeatureCollection features)
    {
        if (features.Get<IHttpRequestFeature>() is not { QueryString: { Length: > 0 } query } request) return;
        List<string>? found = null;
        foreach (var pair in new QueryStringEnumerable(query))
            if (IsToken(pair)) (found ??= []).Add(pair.DecodeValue().ToString());
        if (found is null) return;
        request.QueryString = Without(query);
        // As it came over the wire.
        var at = request.RawTarget.IndexOf('?');
        if (at >= 0) request.RawTarget = request.RawTarget[..at] + request.QueryString;
        features.Set(new QueryToken(found));
    }

    private static string Without(string query)
    {
        var kept = query.TrimStart('?').Split('&').Where(part => !IsToken(part)).ToList();
        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }

    private static bool IsToken(string part)
    {
        foreach (var pair in new QueryStringEnumerable(part)) return IsToken(pair);
        return false;
    }

    private static bool IsToken(QueryStringEnumerable.EncodedNameValuePair pair) =>
        pair.DecodeName().Span.Equals(Parameter, StringComparison.OrdinalIgnoreCase);
}
