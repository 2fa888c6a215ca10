namespace Chat.Server.Policies;

/// <summary>What is to become an entry of the log.</summary>
public abstract record EntryDraft;
