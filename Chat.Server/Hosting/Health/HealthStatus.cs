namespace Chat.Server.Hosting.Health;

internal sealed record HealthStatus(string Status);
