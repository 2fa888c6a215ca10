namespace Chat.Server;

/// <summary>What <see cref="IChat.ImportAsync"/> has stored.</summary>
public sealed class ImportReport
{
    /// <summary>Conversations whose users take part now.</summary>
    public int Conversations { get; internal set; }

    /// <summary>Conversations that had been imported before, with the same entries: nothing of them was
    /// changed.</summary>
    public int Known { get; internal set; }

    /// <summary>Entries that were stored.</summary>
    public long Entries { get; internal set; }
}
