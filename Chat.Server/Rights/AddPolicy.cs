namespace Chat.Server.Rights;

/// <summary>Who creates conversations and adds participants.</summary>
internal enum AddPolicy
{
    /// <summary>Users, as <see cref="Contracts.Rules.RightsTable"/> allows.</summary>
    Anyone,

    /// <summary>Only back ends, which call with a key.</summary>
    Backend,
}
