using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Chat.Server.Concurrency;
using Microsoft.Extensions.Options;

namespace Chat.Server.Tasks;

/// <summary>Settings <c>Chat:Tasks</c>: the background queue.</summary>
internal sealed class TasksOptions
{
    /// <summary>Tasks that this instance runs at once. Default 10; 0: it enqueues only. Also
    /// <c>ASYNQ_CONCURRENCY</c>.</summary>
    [Range(0, 1_000)]
    public int Concurrency { get; set; } = 10;

    /// <summary>Weights of queues: <c>name=weight</c>, separated by commas. Over time each queue that has tasks gets
    /// its share; others have weight 1. Default <c>critical=6,default=3,low=1</c>. Also <c>ASYNQ_QUEUES</c>.</summary>
    public string Queues { get; set; } = "critical=6,default=3,low=1";

    /// <summary>A queue is worked only while all of greater weight are empty. Default false.</summary>
    public bool StrictPriority { get; set; }

    /// <summary>Seconds after which the tasks of a worker that shows no sign of life are given to others. Default
    /// 30.</summary>
    [Range(2, 3_600)]
    public int LeaseSeconds { get; set; } = 30;

    /// <summary>Milliseconds between checks for due tasks and for tasks that were not announced. Default 500.</summary>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; set; } = 500;

    /// <summary>Milliseconds before the first retry; each further one waits twice as long, and up to half of it more or
    /// less. Default 2,000.</summary>
    [Range(1, 3_600_000)]
    public int RetryMilliseconds { get; set; } = 2_000;

    /// <summary>Seconds between two retries at most. Default 3,600.</summary>
    [Range(1, 86_400)]
    public int RetryMaxSeconds { get; set; } = 3_600;

    /// <summary>Seconds that running tasks have to end when the server stops; then they are cancelled and given back.
    /// Default 2.</summary>
    [Range(0, 300)]
    public int StopSeconds { get; set; } = 2;

    /// <summary>How long to wait for a database that cannot be reached.</summary>
    internal Backoff Pauses => new(TimeSpan.FromMilliseconds(PollMilliseconds),
        TimeSpan.FromMilliseconds(4 * PollMilliseconds));

    /// <summary>The weights.</summary>
    /// <exception cref="FormatException">The text cannot be read.</exception>
    internal IReadOnlyDictionary<string, int> Weights()
    {
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in Queues.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, text) = part.Split('=') is [var left, var right]
                ? (left.Trim(), right.Trim())
                : throw new FormatException($"'{part}' is not name=weight");
            if (!TaskNames.IsQueue(name))
                throw new FormatException($"'{name}' is not a valid queue name: {TaskNames.QueueRule}");
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var weight)
                || weight is < 1 or > 1_000_000)
                throw new FormatException($"the weight of '{name}' must be a whole number from 1 to 1000000");
            if (!weights.TryAdd(name, weight)) throw new FormatException($"'{name}' is listed twice");
        }
        return weights;
    }
}

[OptionsValidator]
internal sealed partial class TasksOptionsRanges : IValidateOptions<TasksOptions>;
