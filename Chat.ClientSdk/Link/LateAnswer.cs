namespace Chat.ClientSdk.Link;

/// <summary>Answers that nobody waits for any more.</summary>
internal static class LateAnswer
{
    /// <summary>A failure of it does not end as an unobserved exception.</summary>
    public static void Drop(Task answer) => _ = answer.ContinueWith(static late => late.Exception,
        CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
