using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Webhooks;

/// <summary>Settings <c>Chat:Webhooks:NAME</c>: an endpoint that is told of entries.</summary>
/// <param name="Name">Names it, and its observer.</param>
/// <param name="Url">Where to. It may be a secret, so it is never stored or shown: its host is.</param>
/// <param name="Keys">Each signs.</param>
internal sealed record WebhookSettings(string Name, Uri Url, IReadOnlyList<byte[]> Keys)
{
    /// <summary>The kinds of entries; null: all, those of later versions too.</summary>
    public EntryKinds? Kinds { get; init; }

    /// <summary>Only those of this tenant; null: of all.</summary>
    public Tenant? Tenant { get; init; }

    /// <summary>Only those of these conversations; null: of all.</summary>
    public IReadOnlySet<ConversationId>? Conversations { get; init; }

    /// <summary>What one attempt may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Posts at once, of different conversations.</summary>
    public int AtOnce { get; init; } = 8;

    /// <summary>The observer's name.</summary>
    public string Observer => ObserverOf(Name);

    public static string ObserverOf(string name) => $"webhook/{name}";
}
