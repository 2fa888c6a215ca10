using System.Security.Claims;
using Chat.Server.Persistence;

namespace Chat.Server.Embedding;

/// <summary>What an application has said of its chat, until that is composed.</summary>
/// <param name="configure">The options.</param>
internal sealed class ChatSetup(Action<ChatOptions>? configure)
{
    /// <summary>Finds where its log is, among the application's services; null: the configuration says it.</summary>
    public Func<IServiceProvider, DatabaseSettings>? Database { get; set; }

    public string? Redis { get; set; }

    public Func<ClaimsPrincipal, ChatUser?>? MapUser { get; set; }

    /// <summary>What extensions add to the chat's own container, which is made later; null in the program, whose
    /// container is the chat's. Services of the application are in <see cref="HostServices"/>.</summary>
    public List<Action<IServiceCollection>>? Inside { get; set; } = [];

    public ChatOptions ReadOptions()
    {
        var options = new ChatOptions();
        configure?.Invoke(options);
        return options;
    }
}
