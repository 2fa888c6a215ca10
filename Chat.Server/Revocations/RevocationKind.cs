namespace Chat.Server.Revocations;

/// <summary>What is done to a user, or to a tenant.</summary>
internal enum RevocationKind
{
    /// <summary>Tokens that were issued until now are refused.</summary>
    Revoke,

    /// <summary>All tokens are refused, also those to come.</summary>
    Deactivate,

    /// <summary>New tokens are taken again.</summary>
    Reactivate,

    /// <summary>Nobody of the tenant is served.</summary>
    Suspend,

    /// <summary>Everybody of the tenant is served again, with the tokens that they have.</summary>
    Resume,
}
