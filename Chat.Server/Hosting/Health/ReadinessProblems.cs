namespace Chat.Server.Hosting.Health;

/// <param name="Status">In a word.</param>
/// <param name="Failing">Why it should be sent no traffic, by the check's name; left out when nothing is.</param>
/// <param name="Degraded">What does not work and keeps it from nothing; left out when all does.</param>
internal sealed record ReadinessProblems(
    string Status, SortedDictionary<string, string>? Failing, SortedDictionary<string, string>? Degraded);
