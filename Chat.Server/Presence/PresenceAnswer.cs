using Chat.Contracts.Events;

namespace Chat.Server.Presence;

/// <summary>Who was there when the question was asked.</summary>
/// <param name="Snapshot">What to answer.</param>
/// <param name="Activated">What begins when the answer is out; null: nothing.</param>
internal sealed record PresenceAnswer(PresenceSnapshot Snapshot, Action? Activated = null)
{
    /// <summary>The answer was sent: from now on changes are reported, those since the query at once.</summary>
    public void Activate() => Activated?.Invoke();
}
