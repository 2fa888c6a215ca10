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

    /// <summary>What extensions add to the chat's own services, once those are there; null: they are there already, in
    /// the program. What is of the application they find in <see cref="HostServices"/>.</summary>
    public List<Action<IServiceCollection>>? Inside { get; set; } = [];

    public ChatOptions ReadOptions()
    {
        var options = new ChatOptions();
        configure?.Invoke(options);
        return options;
    }
}
