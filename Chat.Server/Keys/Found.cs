namespace Chat.Server.Keys;

/// <summary>What came of looking a key or a token up.</summary>
/// <param name="State">Whether it holds.</param>
/// <param name="Row">What is known of it; null unless it holds.</param>
internal readonly record struct Found<T>(CredentialState State, T? Row)
    where T : class;
