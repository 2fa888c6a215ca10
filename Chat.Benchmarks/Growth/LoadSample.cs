namespace Chat.Benchmarks.Growth;

/// <summary>What servers and their database have used and done until a moment.</summary>
/// <param name="Servers">Seconds of processor, all together.</param>
/// <param name="Database">Likewise, of PostgreSQL.</param>
/// <param name="Messages">Entries committed.</param>
/// <param name="Deliveries">Entries written to readers.</param>
/// <param name="Batches">Commits.</param>
internal readonly record struct LoadSample(
    double Servers, double Database, double Messages, double Deliveries, double Batches)
{
    /// <summary>Microseconds of the servers' processors.</summary>
    public double ServersPerMessage => Servers * 1e6 / Messages;

    /// <summary>Likewise.</summary>
    public double ServersPerDelivery => Servers * 1e6 / Deliveries;

    /// <summary>Microseconds of PostgreSQL's.</summary>
    public double DatabasePerMessage => Database * 1e6 / Messages;

    public static LoadSample operator -(LoadSample a, LoadSample b) => new(a.Servers - b.Servers,
        a.Database - b.Database, a.Messages - b.Messages, a.Deliveries - b.Deliveries, a.Batches - b.Batches);
}
