namespace Chat.Server.Concurrency;

/// <summary>Questions that are asked many at a time: those that come while one is under way are one next question, in
/// which equal ones are one.</summary>
/// <remarks>Each is asked after it came, never with one that is under way: the answer may have changed since.</remarks>
/// <param name="ask">Answers them all; must not begin before it is called.</param>
/// <param name="most">Questions in one at most.</param>
/// <param name="time">Tells how long one takes: beside one that takes longer than 250 ms another is asked.</param>
internal sealed class Gathered<TQuestion, TAnswers>(
    Func<IReadOnlyCollection<TQuestion>, Task<TAnswers>> ask, int most, TimeProvider time)
{
    private const int MostAtOnce = 4;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Queue<Round> _waiting = [];
    private Round? _newest; // the last of those that wait
    private long _lastBegan;
    private int _running;

    /// <summary>The answers to all questions of the round that this one is in.</summary>
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
                _ = round.Answers.Task.Exception; // those who asked see it; when they are gone, it is no fault
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
