namespace Chat.Server.Webhooks;

/// <summary>An endpoint did not take what was posted.</summary>
internal sealed class WebhookFailedException(string message) : Exception(message);
