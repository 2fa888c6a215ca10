namespace Chat.Server.Transfer.Store;

/// <summary>How far an import has come.</summary>
/// <param name="Line">Up to this line everything is in the database.</param>
/// <param name="Digest">Eight bytes of the digest of those lines.</param>
internal readonly record struct ImportMark(long Line, long Digest);
