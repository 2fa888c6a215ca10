namespace Chat.Benchmarks.SignIns;

/// <summary>A conversation of some connections.</summary>
internal sealed class ChurnRoom(string id)
{
    private long _newest;

    public string Id => id;

    /// <summary>The newest sequence that any reader has received.</summary>
    public long Newest => Interlocked.Read(ref _newest);

    public void Note(long sequence)
    {
        for (var known = Newest; sequence > known;)
            known = Interlocked.CompareExchange(ref _newest, sequence, known) is var was && was == known
                ? sequence
                : was;
    }
}
