using Chat.Server.Embedding;
using Chat.Server.Hosting;

namespace Chat.Server;

/// <summary>What an application does with its chat besides mapping it.</summary>
public static class ChatHostExtensions
{
    /// <summary>Brings the chat's tables to this version, for applications that do not when they start
    /// (<see cref="ChatOptions.MigrateOnStart"/>). Several may do so at once.</summary>
    /// <param name="host">The application, which need not be started.</param>
    /// <param name="ct">Ends it early: the migration that is under way is taken back.</param>
    /// <exception cref="InvalidOperationException">The application has no chat.</exception>
    public static Task MigrateChatAsync(this IHost host, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        return EmbeddedChat.ServicesIn(host.Services).MigrateAsync(ct);
    }

    /// <summary>Adds the chat's readiness to the application's health checks: unhealthy when what is sent could not be
    /// stored, degraded when it only arrives later.</summary>
    /// <param name="checks">The application's.</param>
    /// <param name="name">The check's name.</param>
    public static IHealthChecksBuilder AddChat(this IHealthChecksBuilder checks, string name = "chat")
    {
        ArgumentNullException.ThrowIfNull(checks);
        return checks.AddCheck<ChatHealthCheck>(name);
    }
}
