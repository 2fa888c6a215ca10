namespace Chat.Contracts.Protocol;

/// <summary>Where the hub is.</summary>
public static class ChatHubRoute
{
    /// <summary>The hub's path on every server.</summary>
    public const string Path = "/hubs/chat";

    /// <summary>A header with the status, on every HTTP error of a server. An error of a proxy on the way does not
    /// have it.</summary>
    public const string ErrorHeader = "X-Chat-Error";

    /// <summary>The query parameter that names the user while the server runs in open mode.</summary>
    public const string UserParameter = "user_id";

    /// <summary>Raised when a client of the old version could misread what a new server sends.</summary>
    public const int ProtocolVersion = 1;
}
