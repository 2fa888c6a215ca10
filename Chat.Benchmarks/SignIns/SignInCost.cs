namespace Chat.Benchmarks.SignIns;

/// <summary>What connections have cost a server.</summary>
/// <param name="Kib">Resident memory of an idle one.</param>
/// <param name="Microseconds">Processor of a connect.</param>
internal readonly record struct SignInCost(double Kib, double Microseconds);
