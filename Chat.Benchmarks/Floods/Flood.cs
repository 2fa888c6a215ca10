namespace Chat.Benchmarks.Floods;

/// <summary>One kind of flood that a stranger may cause.</summary>
/// <param name="Name">As it is chosen by.</param>
/// <param name="Meaning">One line for <c>--help</c>.</param>
/// <param name="Connections">How many at once.</param>
/// <param name="RunAsync">One of them, from connecting to its end; begun again when it ends.</param>
internal sealed record Flood(
    string Name, string Meaning, int Connections, Func<FloodSite, CancellationToken, Task> RunAsync);
