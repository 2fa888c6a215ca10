namespace Chat.Server.Callers;

/// <summary>What a key lets a back end do.</summary>
/// <remarks>The numbers are stored.</remarks>
[Flags]
internal enum KeyScopes : short
{
    None = 0,

    /// <summary>Act for users of its tenant, and as the application.</summary>
    App = 1,

    /// <summary>Revoke, deactivate, ban, give roles, make keys, read the audit: of its tenant.</summary>
    Admin = 2,

    /// <summary>What the operators' key lets do: background tasks and metrics. Of all tenants together only.</summary>
    Operator = 4,

    All = App | Admin | Operator,
}
