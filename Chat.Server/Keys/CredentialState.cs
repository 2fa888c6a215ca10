namespace Chat.Server.Keys;

/// <summary>What came of looking at a key or a token.</summary>
internal enum CredentialState
{
    Good,

    /// <summary>There is none like it: somebody tries, or it was deleted.</summary>
    Unknown,

    Expired,

    Revoked,

    /// <summary>The database cannot be asked now.</summary>
    NotToBeHad,
}
