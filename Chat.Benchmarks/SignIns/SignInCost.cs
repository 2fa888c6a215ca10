namespace Chat.Benchmarks.SignIns;

/// <summary>The cost of connections to a server.</summary>
/// <param name="Kib">Resident memory of an idle one.</param>
/// <param name="Microseconds">Processor of a connect.</param>
internal readonly record struct SignInCost(double Kib, double Microseconds);
