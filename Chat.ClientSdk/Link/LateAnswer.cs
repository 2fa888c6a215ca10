namespace Chat.ClientSdk.Link;

/// <summary>Answers that nothing waits for any more.</summary>
internal static class LateAnswer
{
    /// <summary>Its failure does not become an unobserved exception.</summary>
    public static void Drop(Task answer) => _ = answer.ContinueWith(static late => late.Exception,
        CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
