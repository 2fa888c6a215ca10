namespace Chat.Contracts.Rules;

/// <summary>A page of a log: after a sequence, or else before one.</summary>
public readonly record struct CheckedPage(long? After, long Before, int Limit);
