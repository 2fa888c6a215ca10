namespace Chat.Server.Concurrency;

/// <summary>Combines queries: those that come while one is under way become one next query, without
/// duplicates.</summary>
/// <remarks>A request never joins a query that has already begun, because the answer may have changed since.</remarks>
/// <param name="ask">Answers them all.</param>
/// <param name="most">Maximum number of questions per query.</param>
/// <param name="time">Measures a query: while one takes longer than 250 ms, another may start.</param>
internal sealed class Gathered<TQuestion, TAnswers>(
    Func<IReadOnlyCollection<TQuestion>, Task<TAnswers>> ask, int most, TimeProvider time)
{
    private const int MostAtOnce = 4;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Queue<Round> _waiting = [];
    private Round? _newest; // the last waiting round
    private long _lastBegan;
    private int _running;

    /// <summary>The answers to all questions of this question's round.</summary>
    public Task<TAnswers> AskAsync(TQuestion question, CancellationToken ct)
    {
        Round round;
        bool starts;
        lock (_gate)
        {
            if (_newest is null || (_newest.Questions.Count >= most && !_newest.Questions.Contains(question)))
                _waiting.Enqueue(_newest = new Round());
            (round = _newest).Questions.Add(question);
            starts = _running == 0 || (_running < MostAtOnce && time.GetElapsedTime(_lastBegan) > Slow);
            if (starts) _running++;
        }
        if (starts) _ = RunAsync();
        return round.Answers.Task.WaitAsync(ct);
    }

    private async Task RunAsync()
    {
        while (TakeNext() is { } round)
        {
            try
            {
                round.Answers.SetResult(await ask(round.Questions));
            }
            catch (Exception e)
            {
                round.Answers.SetException(e);
                _ = round.Answers.Task.Exception; // the callers get it; without callers it is not a fault
            }
        }
    }

    private Round? TakeNext()
    {
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out var round)) _running--;
            if (round == _newest) _newest = null;
            _lastBegan = time.GetTimestamp();
            return round;
        }
    }

    private sealed class Round
    {
        public HashSet<TQuestion> Questions { get; } = [];

        public TaskCompletionSource<TAnswers> Answers { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
