namespace Chat.Server.Policies;

/// <summary>Decides about the act of a user before it is stored.</summary>
/// <remarks>It is asked behind the limits, the form and the rights, before the act has its place in the log. While it
/// decides, the connection that asked waits, and nobody else. One object serves all calls, on all threads. What back
/// ends do as the application is not judged, nor is what only reads, joins or signals.</remarks>
public interface IChatPolicy
{
    /// <summary>Decides about one act.</summary>
    /// <param name="act">What somebody is about to do.</param>
    /// <param name="ct">Cancelled when the time for it is over (<see cref="ChatPolicyOptions.Budget"/>), or when nobody
    /// waits any more.</param>
    /// <returns>One of <see cref="ChatVerdict.Allow"/>, <see cref="ChatVerdict.Refuse"/> and
    /// <see cref="ChatVerdict.Replace"/>. Anything else, and any exception, is a failure
    /// (<see cref="ChatPolicyOptions.OnFailure"/>).</returns>
    ValueTask<ChatVerdict> DecideAsync(ChatAct act, CancellationToken ct);
}
