namespace Chat.Server.Core;

/// <summary>Who pins messages.</summary>
internal enum PinPolicy
{
    /// <summary>All who may write and take part.</summary>
    Members,

    /// <summary>Owners and moderators, and the application.</summary>
    Moderators,
}
