namespace Chat.Server.Safety;

/// <summary>What the background work of this wing needs beside its own.</summary>
internal sealed record SafetyContext(TimeProvider Time, ILogger<SafetyContext> Logger);
