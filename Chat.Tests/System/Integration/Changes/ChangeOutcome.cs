namespace Chat.Tests.Integration.Changes;

/// <summary>What a client was answered.</summary>
/// <param name="Refusal">The code; null: it is stored.</param>
/// <param name="Sequence">Of the entry; 0 where the answer does not say it.</param>
/// <param name="Id">Of the entry.</param>
/// <param name="IsDuplicate">It was there before.</param>
internal sealed record ChangeOutcome(string? Refusal, long Sequence = 0, string Id = "", bool IsDuplicate = false);
