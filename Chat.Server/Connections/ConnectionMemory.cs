namespace Chat.Server.Connections;

/// <summary>What is held for connections: what comes in from them, and what they are answered.</summary>
internal sealed record ConnectionMemory(UnfinishedMessages Unfinished, Answers Answers);
