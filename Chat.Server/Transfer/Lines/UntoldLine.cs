namespace Chat.Server.Transfer.Lines;

/// <summary>A message of the conversation whose reactions differ from what the log has told of them.</summary>
internal sealed record UntoldLine : TransferLine
{
    public const string Name = "untold";

    public override string Type => Name;

    /// <summary>The message's.</summary>
    public required long TargetSequence { get; init; }

    public required DateTimeOffset Since { get; init; }
}
