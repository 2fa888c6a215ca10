namespace Chat.Server.Embedding;

/// <summary>Among the chat's services: those of the application around it.</summary>
internal sealed record HostServices(IServiceProvider Provider);
