namespace Chat.Server.Revocations;

/// <summary>What is done to a user.</summary>
internal enum RevocationKind
{
    /// <summary>Tokens that were issued until now are refused.</summary>
    Revoke,

    /// <summary>All tokens are refused, also those to come.</summary>
    Deactivate,

    /// <summary>New tokens are taken again.</summary>
    Reactivate,
}
