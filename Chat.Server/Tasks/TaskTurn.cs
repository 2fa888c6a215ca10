namespace Chat.Server.Tasks;

/// <summary>A task's turn among those of its group that a worker does together. A handler that says nothing ends before
/// the next begins.</summary>
/// <param name="before">See <see cref="Before"/>.</param>
internal sealed class TaskTurn(Task? before)
{
    private readonly TaskCompletionSource _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The effect of the one before it, which may not have come to its end. When that fails, this one must not
    /// take effect either.</summary>
    public Task? Before => before;

    public Task? Effect { get; private set; }

    /// <summary>Ends when the next may begin, though this one has not ended.</summary>
    public Task Passed => _passed.Task;

    /// <summary>Lets the next begin: the place of this one's effect in the order is fixed.</summary>
    public void Pass(Task effect)
    {
        Effect = effect;
        _passed.TrySetResult();
    }
}
