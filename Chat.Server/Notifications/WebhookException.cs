using System.Net.Http.Headers;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Chat.Server.Notifications;

/// <summary>A notice was not accepted.</summary>
internal sealed class WebhookException(string message, Exception? inner = null) : Exception(message, inner);
