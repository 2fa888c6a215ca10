namespace Chat.Benchmarks.SignIns;

/// <summary>How a connection identifies its user.</summary>
internal enum SignInKind
{
    /// <summary>By a name, in open mode.</summary>
    Open,

    /// <summary>By a token signed with an elliptic curve, P-256.</summary>
    Es256,

    /// <summary>By a token signed with RSA, 2,048 bits.</summary>
    Rs256,
}
