namespace Chat.Server.Transfer.Lines;

/// <summary>The last line: with it, and only with it, the file is whole.</summary>
internal sealed record TrailerLine : TransferLine
{
    public const string Name = "trailer";

    public override string Type => Name;

    /// <summary>How many lines of each type are before it.</summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    /// <summary>SHA-256 of all lines before it, each with its line feed, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
}
