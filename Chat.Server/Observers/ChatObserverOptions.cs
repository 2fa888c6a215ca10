namespace Chat.Server;

/// <summary>How an observer is shown entries.</summary>
public sealed class ChatObserverOptions
{
    /// <summary>How many entries a call has at most, 1 to 5,000. Default 100.</summary>
    public int BatchSize { get; set; } = 100;

    /// <summary>How many calls there are at once, 1 to 64. Entries of one conversation are never in two calls at once.
    /// Default 1.</summary>
    public int Concurrency { get; set; } = 1;

    /// <summary>Where it begins when the database does not know its name yet. Default <see cref="ChatStart.Now"/>.
    /// </summary>
    public ChatStart Start { get; set; } = ChatStart.Now;

    /// <summary>The kinds that it is shown. Default null: all, those of later versions too.</summary>
    public EntryKinds? Kinds { get; set; }
}
