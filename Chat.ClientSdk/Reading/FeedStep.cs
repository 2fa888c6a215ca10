namespace Chat.ClientSdk.Reading;

/// <summary>What a reader is to do next.</summary>
internal enum FeedStep
{
    /// <summary>It was given entries.</summary>
    Take,

    /// <summary>Memory does not reach back to its cursor: read a page of history.</summary>
    ReadPage,

    /// <summary>It has seen everything there is.</summary>
    Sleep,

    /// <summary>It has seen everything there will be.</summary>
    End,
}
