namespace Chat.Tests.Embedding;

/// <summary>A service of the application's own.</summary>
internal sealed record HostsWords(string Refusal);
