namespace Chat.ClientSdk.Connection;

/// <summary>Puts together the addresses of a connection.</summary>
internal static class HubUrl
{
    public static Uri WithQuery(Uri url, string name, string value)
    {
        var builder = new UriBuilder(url);
        var query = builder.Query.TrimStart('?');
        builder.Query = $"{query}{(query.Length > 0 ? "&" : "")}{name}={Uri.EscapeDataString(value)}";
        return builder.Uri;
    }

    public static Uri Negotiate(Uri hub, bool stateful)
    {
        var builder = new UriBuilder(hub);
        builder.Path = builder.Path.TrimEnd('/') + "/negotiate";
        var url = WithQuery(builder.Uri, "negotiateVersion", "1");
        return stateful ? WithQuery(url, "useStatefulReconnect", "true") : url;
    }

    public static Uri WebSocket(Uri url) =>
        new UriBuilder(url) { Scheme = url.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs }.Uri;
}
