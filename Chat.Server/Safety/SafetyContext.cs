namespace Chat.Server.Safety;

/// <summary>What background work about blocks needs from the host.</summary>
internal sealed record SafetyContext(TimeProvider Time, ILogger<SafetyContext> Logger);
