using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Server.Concurrency;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>Runs one attempt of a task and says how it ended.</summary>
internal sealed partial class TaskRunner(
    IServiceProvider services, IEnumerable<TaskType> types, TasksOptions options, TimeProvider time,
    ILogger<TaskRunner> logger)
{
    private const int KeptErrors = 10, LongestError = 2_000;

    // Up to half of the pause more or less.
    private readonly Backoff _retries = new(1.5 * TimeSpan.FromMilliseconds(options.RetryMilliseconds),
        1.5 * TimeSpan.FromSeconds(options.RetryMaxSeconds), Least: 1 / 3d);

    private readonly Dictionary<string, TaskType> _types = types.ToDictionary(type => type.Name,
        StringComparer.Ordinal);

    public Task<FinishedTask> RunAsync(ClaimedTask task, CancellationToken giveBack) =>
        RunAsync(task, new TaskTurn(null), giveBack);

    /// <param name="task">What to do.</param>
    /// <param name="turn">Its turn in its group.</param>
    /// <param name="giveBack">Cancelled when the server stops, or when the task was given to somebody else: the attempt
    /// does not count.</param>
    public async Task<FinishedTask> RunAsync(ClaimedTask task, TaskTurn turn, CancellationToken giveBack)
    {
        using var overdue = task.Deadline is { } deadline ? new CancellationTokenSource(Left(deadline), time) : null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(giveBack,
            overdue?.Token ?? CancellationToken.None);
        try
        {
            if (!_types.TryGetValue(task.Type, out var type))
                throw new TaskGivenUpException($"no handler is registered for '{task.Type}'");
            either.Token.ThrowIfCancellationRequested();
            await type.RunAsync(services, task.Payload,
                new TaskRun(task.Id, task.Attempts, task.MaxRetry, task.EnqueuedAt) { Turn = turn }, either.Token);
            return new FinishedTask(task, TaskState.Completed, time.GetUtcNow(), null, task.Errors);
        }
        catch (Exception e) when (giveBack.IsCancellationRequested && e is not TaskGivenUpException)
        {
            // Whatever a handler makes of being stopped, it is no failure of the task.
            return FinishedTask.GiveBack(task, time.GetUtcNow());
        }
        catch (OperationCanceledException) when (overdue is { IsCancellationRequested: true })
        {
            return Failed(task, "the deadline has passed", isLast: true);
        }
        catch (Exception e)
        {
            var error = e.Message.Length > 0 ? e.Message : e.GetType().Name;
            var finished = Failed(task, error, isLast: e is TaskGivenUpException || task.Attempts > task.MaxRetry);
            // Where from is of use only when it is a surprise: an endpoint that is away would fill the log with stacks.
            var trace = e is ExplainedFailureException ? null : e;
            if (finished.State == TaskState.Archived)
                Log.Archived(logger, task.Type, task.Id, task.Attempts, error, trace);
            else Log.Failed(logger, task.Type, task.Id, task.Attempts, error, trace);
            return finished;
        }
    }

    private FinishedTask Failed(ClaimedTask task, string error, bool isLast)
    {
        var now = time.GetUtcNow();
        // The database stores no NUL characters, and no half of a surrogate pair.
        error = new string([.. error.Take(LongestError).Where(c => c != '\0' && !char.IsSurrogate(c))]);
        List<TaskError> errors = [
            .. task.Errors is { } known ? JsonSerializer.Deserialize(known, TaskJson.Default.ListTaskError)! : [],
            new TaskError(task.Attempts, now, error)];
        var kept = JsonSerializer.Serialize(errors[^Math.Min(KeptErrors, errors.Count)..],
            TaskJson.Default.ListTaskError);
        return new FinishedTask(task, isLast ? TaskState.Archived : TaskState.Retry,
            now + _retries.Next(task.Attempts - 1), error, kept);
    }

    private TimeSpan Left(DateTimeOffset deadline)
    {
        var left = deadline - time.GetUtcNow();
        // A timer takes no more than this.
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > TimeSpan.FromDays(40) ? TimeSpan.FromDays(40) : left;
    }

    private static partial class Log
    {
        [LoggerMessage(9000, LogLevel.Warning,
            "Task {Type} {Id} failed at attempt {Attempt}; it will be retried: {Error}")]
        public static partial void Failed(
            ILogger logger, string type, Guid id, int attempt, string error, Exception? exception);

        [LoggerMessage(9001, LogLevel.Error,
            "Task {Type} {Id} failed at attempt {Attempt}, its last, and is archived: {Error}")]
        public static partial void Archived(
            ILogger logger, string type, Guid id, int attempt, string error, Exception? exception);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<TaskError>))]
internal sealed partial class TaskJson : JsonSerializerContext;
