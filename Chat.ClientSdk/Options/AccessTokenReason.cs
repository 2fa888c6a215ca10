namespace Chat.ClientSdk;

/// <summary>Why <see cref="ChatClientOptions.AccessTokenProvider"/> is asked for a token.</summary>
public enum AccessTokenReason
{
    /// <summary>There was none yet.</summary>
    Start,

    /// <summary>The last one expires soon. The same one again says that there is no other yet: it is used until it has
    /// expired.</summary>
    Expiring,

    /// <summary>The last one has expired.</summary>
    Expired,

    /// <summary>The server does not take the last one.</summary>
    Refused,
}
