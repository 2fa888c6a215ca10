namespace SdkSnippets;

/// <summary>What the application sells.</summary>
public sealed class SoldOrder
{
    public required Guid Id { get; init; }
}
