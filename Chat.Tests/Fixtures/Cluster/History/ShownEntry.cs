using System.Text;

namespace Chat.Tests.Fixtures.Cluster.History;

/// <summary>One entry as a reader was shown it.</summary>
/// <param name="Sequence">Its place in the log; 0 where the wire does not say.</param>
/// <param name="Id">Its name; empty where the wire does not say (the REST room names messages by their
/// sequence).</param>
/// <param name="Content">See <see cref="ContentOf"/>.</param>
/// <param name="At">When, as a timestamp of the clock.</param>
internal readonly record struct ShownEntry(long Sequence, Guid Id, ulong Content, long At)
{
    /// <summary>A number that tells contents apart: hundreds of thousands of entries are kept for each run, so not
    /// their texts.</summary>
    /// <param name="sender">Who sent it.</param>
    /// <param name="body">The text of a message; of any other entry it is empty.</param>
    /// <param name="isMessage">False for all other kinds.</param>
    public static ulong ContentOf(string sender, string? body, bool isMessage)
    {
        const ulong prime = 1_099_511_628_211;
        var hash = 14_695_981_039_346_656_037;
        foreach (var b in Encoding.UTF8.GetBytes($"{(isMessage ? 'm' : 'e')}\0{sender}\0{(isMessage ? body : "")}"))
            hash = (hash ^ b) * prime;
        return hash;
    }
}
