using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Integration.Changes;

/// <summary>One client in a run: what it does, and what it is told of that.</summary>
internal sealed class ChangingMember(ChangesRun run, IChanger changer, Random random, string name)
{
    private static readonly string[] Refusals = ["gone", "conflict"];

    private readonly RandomChanges _changes = new(run.Known, changer.User, run.Users, random, name)
    {
        MayPin = run.Conversation != ConversationId.Lobby,
    };

    public IChanger Changer => changer;

    public async Task RunAsync(int steps)
    {
        for (var i = 0; i < steps; i++) await StepAsync();
    }

    private async Task StepAsync()
    {
        switch (random.Next(10))
        {
            case 0:
                var all = _changes.AtOnce();
                InOrder(all, await Task.WhenAll(all.Select(DoAsync)));
                break;
            case 1:
                var asked = DoAsync(_changes.Any());
                await changer.CutAsync();
                await asked;
                break;
            case 2 or 3:
                await run.TakePageAsync(changer, QueryOf(run.Known.Draw(random)), random);
                break;
            default:
                await DoAsync(_changes.Any());
                break;
        }
    }

    private async Task<ChangeOutcome> DoAsync(Change change)
    {
        var outcome = await changer.DoAsync(change);
        run.Known.Note(changer.User, change, outcome);
        if (outcome.Refusal is { } refusal && !Refusals.Contains(refusal))
            throw new InvalidOperationException($"{name}: {change} was refused: {refusal}");
        return outcome;
    }

    /// <summary>Where a connection keeps the order of its calls.</summary>
    private void InOrder(IReadOnlyList<Change> changes, ChangeOutcome[] outcomes)
    {
        if (changer is not (DeviceChanger or NodeChanger)) return;
        var stored = outcomes.Where(one => one is { Refusal: null, IsDuplicate: false, Sequence: > 0 })
            .Select(one => one.Sequence).ToList();
        if (!stored.Order().SequenceEqual(stored))
            throw new InvalidOperationException(
                $"{name}: {string.Join(", ", changes.Zip(outcomes))} are in another order");
        var deleted = changes.Zip(outcomes).SkipWhile(one => one.First.Kind != ChangeKind.Delete).ToList();
        if (deleted.Skip(1).Any(one => one.First.Target == deleted[0].First.Target && one.Second.Refusal != "gone"))
            throw new InvalidOperationException($"{name}: {string.Join(", ", deleted)}: changed behind its deletion");
    }

    private HistoryQuery QueryOf(long place)
    {
        var view = (HistoryView)random.Next(3);
        var query = new HistoryQuery
        {
            View = view, Limit = random.Next(1, 30), Thread = view == HistoryView.Thread ? Math.Max(1, place) : null,
        };
        return random.Next(3) switch
        {
            0 => query with { After = place },
            1 => query with { Before = Math.Max(1, place) },
            _ => query,
        };
    }
}
