using Chat.Benchmarks.Load;
using Chat.Tests.Fixtures.Cluster.History;

namespace Chat.Benchmarks.Chaos;

/// <summary>Plays one fault into what a reader is shown, with its tenth entry: the run must then fail.</summary>
internal static class ChaosSabotage
{
    private const int At = 10;

    public static Func<ShownEntry, IEnumerable<ShownEntry>>? Of(Sabotage fault)
    {
        if (fault == Sabotage.None) return null;
        var count = 0;
        ShownEntry held = default;
        return entry => ++count switch
        {
            At when fault == Sabotage.Loss => [],
            At when fault == Sabotage.Repeat => [entry, entry],
            At when fault == Sabotage.Order => Hold(entry),
            At + 1 when fault == Sabotage.Order => [entry, held],
            _ => [entry],
        };

        IEnumerable<ShownEntry> Hold(ShownEntry entry)
        {
            held = entry;
            return [];
        }
    }
}
