namespace Chat.Server.Callers;

/// <summary>How a deployment knows who is calling. One that serves with tokens serves no open request.</summary>
/// <remarks>The numbers are in the database.</remarks>
internal enum IdentityMode : short
{
    /// <summary>Callers say who they are. For demonstrations.</summary>
    Open = 0,

    /// <summary>Every call has a token of an issuer that the configuration names.</summary>
    Token = 1,
}
