using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>A notice was not accepted.</summary>
internal sealed class WebhookException(string message, Exception? inner = null)
    : ExplainedFailureException(message, inner);
