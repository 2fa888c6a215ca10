namespace Chat.Server.Identity;

/// <summary>What a back end says beside its key.</summary>
internal static class KeyHeaders
{
    /// <summary>The user that it acts for; without it, it acts as the application.</summary>
    public const string User = "X-Chat-User";

    /// <summary>The tenant that the request is about, where the key is for all; left out: the default one.</summary>
    public const string Tenant = "X-Chat-Tenant";
}
