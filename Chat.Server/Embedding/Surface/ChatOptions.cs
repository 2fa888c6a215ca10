namespace Chat.Server;

/// <summary>What the code of an application says of its chat. All else is in section <c>Chat</c> of its
/// configuration.</summary>
public sealed class ChatOptions
{
    /// <summary>Whether the chat's tables are brought to this version when the application starts. Where not, a start
    /// on tables of an older version fails. Default: as <c>Chat:Server:MigrateOnStart</c> says, which is true unless
    /// set.</summary>
    public bool? MigrateOnStart { get; set; }

    /// <summary>Settings by their names below <c>Chat:</c>, such as <c>Limits:Factor</c>. They win over the
    /// configuration's.</summary>
    public IDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
}
