namespace Chat.ClientSdk.Connection;

/// <summary>Builds the addresses of a connection.</summary>
internal static class HubUrl
{
    public static Uri WithQuery(Uri url, string name, string value)
    {
        var builder = new UriBuilder(url);
        var query = builder.Query.TrimStart('?');
        builder.Query = $"{query}{(query.Length > 0 ? "&" : "")}{name}={Uri.EscapeDataString(value)}";
        return builder.Uri;
    }
}
