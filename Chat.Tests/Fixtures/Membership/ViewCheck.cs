using Chat.Contracts.Entries;

namespace Chat.Tests.Fixtures.Membership;

/// <summary>Whether what a connection was told can be right: each stretch begins where its join said, goes on without
/// hole or repeat, and ends with a leave or with the entry that removed the user.</summary>
/// <remarks>A call of the hub takes effect at some moment between asking and answer, and entries do not say which call
/// they follow from. So it keeps all states in which the connection may be; none left means that something is
/// wrong.</remarks>
internal sealed class ViewCheck(View view, IReadOnlyList<ConversationEntry> log, Participation participation)
{
    private HashSet<State> _states = [new State(0, false, 0, 0)];
    private int _asked;

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Run()
    {
        for (var i = 0; i < view.Told.Count; i++)
        {
            var (told, before) = (view.Told[i], _states);
            if (told.Kind == ToldKind.Entry && told.Text != TextOf(told.Sequence))
                return $"{view.User} was shown {told.Sequence} otherwise than it is stored";
            Take(told);
            if (_states.Count == 0)
                return $"{view.User}: {Describe(told)} cannot follow on {string.Join(" or ", before)}, after "
                    + string.Join(", ", view.Told.Take(i).TakeLast(12).Select(Describe));
        }
        return null;
    }

    /// <summary>Null when, after all that was told, the connection has all there is: it sees up to the end of the log,
    /// or sees nothing because it left or was told to.</summary>
    public string? Missing()
    {
        var isIn = participation.IsIn(log.Count);
        return _states.Any(state => state.Applied == _asked && (!state.Joined || (isIn && state.At == log.Count)))
            ? null
            : $"{view.User} of {log.Count} entries: {string.Join(" or ", _states)}, after "
                + string.Join(", ", view.Told.TakeLast(12).Select(Describe));
    }

    public static string TextOf(ConversationEntry entry) => $"{entry.SenderId}: {(entry as MessageEntry)?.Body}";

    private string? TextOf(long sequence) =>
        sequence >= 1 && sequence <= log.Count ? TextOf(log[(int)sequence - 1]) : null;

    private void Take(Told told)
    {
        if (!view.AnswersFirst) ApplySome();
        switch (told.Kind)
        {
            case ToldKind.Asked:
                _asked = told.Call + 1;
                break;
            case ToldKind.Answered:
                _states = [.. _states.Select(state => ApplyUntil(state, told.Call + 1)).OfType<State>()];
                break;
            case ToldKind.Entry:
                _states = [.. _states.Where(s => s.Joined && s.At + 1 == told.Sequence && told.Sequence <= s.Limit)
                    .Select(s => s with { At = told.Sequence })];
                break;
            case ToldKind.Closed:
                _states = [.. _states.Where(IsAtItsEnd).Select(state => state with { Joined = false })];
                break;
            case ToldKind.Left:
                _states = [.. _states.Select(Leave).OfType<State>()];
                break;
        }
    }

    private bool IsAtItsEnd(State state) =>
        state.Joined && (state.At >= state.Limit || participation.IsRemoval(state.At));

    private State? Leave(State state)
    {
        if (IsAtItsEnd(state)) return state with { Joined = false };
        return state.Applied < _asked && !view.Calls[state.Applied].IsJoin ? Apply(state) : null;
    }

    /// <summary>Whatever was asked may have taken effect.</summary>
    private void ApplySome()
    {
        var more = new Queue<State>(_states);
        while (more.TryDequeue(out var state))
            if (state.Applied < _asked && Apply(state) is { } next && _states.Add(next)) more.Enqueue(next);
    }

    private State? ApplyUntil(State state, int calls)
    {
        State? applied = state;
        while (applied is { } now && now.Applied < calls) applied = Apply(now);
        return applied;
    }

    /// <returns>Null when the call cannot have been answered so in this state.</returns>
    private State? Apply(State state)
    {
        var call = view.Calls[state.Applied];
        var next = state with { Applied = state.Applied + 1 };
        if (!call.IsJoin) return next with { Joined = false };
        if (call.Answer is not { Refusal: null } answer) return next;
        // Without a cursor a second join changes nothing.
        if (call.After is null && state.Joined && answer.After != state.At) return null;
        if (call.After is { } after && answer.After != after) return null;
        return next with { Joined = true, At = answer.After, Limit = participation.LimitAsOf(answer.Head) };
    }

    private string Describe(Told told) => told.Kind switch
    {
        ToldKind.Entry => $"{told.Sequence}",
        ToldKind.Asked when view.Calls[told.Call] is { IsJoin: true } call => $"join({call.After})?",
        ToldKind.Asked => "leave?",
        ToldKind.Answered when view.Calls[told.Call] is { IsJoin: true } call => $"{call.Answer}",
        ToldKind.Answered => "done",
        _ => $"{told.Kind}",
    };

    private readonly record struct State(int Applied, bool Joined, long At, long Limit);
}
