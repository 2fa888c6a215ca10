namespace Chat.Benchmarks.Load;

/// <summary>One option of a scenario, as <c>--help</c> shows it.</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="Default">Used when it is not given; empty for none.</param>
/// <param name="Meaning">What it does, with its unit.</param>
internal sealed record LoadOption(string Name, string Default, string Meaning);
