namespace Chat.Tests.Fixtures.Cluster.Revoking;

/// <summary>What came of a round.</summary>
/// <param name="Checks">Messages that were stored, and those that a user was shown, each looked at.</param>
/// <param name="Late">How many users were shown or took part in something that was stored after their moment.</param>
/// <param name="Worst">By how much at most.</param>
/// <param name="StayedOpen">Connections of users who were signed out that did not end.</param>
internal readonly record struct RoundResult(long Checks, int Late, TimeSpan Worst, int StayedOpen)
{
    public bool IsClean => Late == 0 && StayedOpen == 0;

    public static RoundResult operator +(RoundResult one, RoundResult other) => new(one.Checks + other.Checks,
        one.Late + other.Late, one.Worst > other.Worst ? one.Worst : other.Worst, one.StayedOpen + other.StayedOpen);
}
