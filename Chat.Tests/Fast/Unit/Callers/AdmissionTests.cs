using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Callers;

/// <summary>CH-173: who does not know whom it must not serve serves nobody.</summary>
public sealed class AdmissionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTime _time = new();

    [Fact]
    public void Where_there_is_nothing_to_read_it_is_always_fresh()
    {
        var admission = new Admission(_time);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.True(admission.IsFresh);
        Assert.Null(admission.Known);
    }

    [Fact]
    public void It_is_fresh_for_750_ms_from_the_beginning_of_a_reading()
    {
        var admission = new Admission(_time);
        admission.BeRead();
        Assert.False(admission.IsFresh); // before the first
        var began = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMilliseconds(700)); // so long it took
        admission.Note(began, known: 7);
        Assert.Equal((true, 7L), (admission.IsFresh, admission.Known));
        _time.Advance(TimeSpan.FromMilliseconds(51));
        Assert.False(admission.IsFresh);
    }

    [Fact]
    public async Task Waiting_callers_go_on_with_the_next_reading_or_are_told_in_the_end()
    {
        var admission = new Admission(_time);
        admission.BeRead();
        var (waits, soon) = (admission.WaitAsync(default).AsTask(), admission.IsFreshSoonAsync(default).AsTask());
        Assert.False(waits.IsCompleted || soon.IsCompleted);
        // One that began too long ago opens nothing.
        var old = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(1));
        admission.Note(old, known: 1);
        await Task.Yield();
        Assert.False(waits.IsCompleted);
        admission.Note(_time.GetTimestamp(), known: 1);
        await waits.WaitAsync(Bounds.Wait);
        Assert.True(await soon.WaitAsync(Bounds.Wait));

        _time.Advance(TimeSpan.FromSeconds(1));
        var late = admission.IsFreshSoonAsync(default).AsTask();
        _time.Advance(Admission.Patience);
        Assert.False(await late.WaitAsync(Bounds.Wait));
    }

    // CH-172
    [Fact]
    public void Tokens_issued_until_the_second_of_the_revocation_are_refused_and_later_ones_are_not()
    {
        var revoked = new RevokedTokens();
        var ann = UserId.Parse("ann").Key();
        revoked.Add(new Revocation(1, ann, Session: null, Noon, Noon.AddDays(1)));
        Assert.NotNull(revoked.Find(Token("ann", Noon.AddHours(-1))));
        Assert.NotNull(revoked.Find(Token("ann", Noon)));
        Assert.Null(revoked.Find(Token("ann", Noon.AddSeconds(1))));
        Assert.Null(revoked.Find(Token("ben", Noon)));
        Assert.Null(revoked.Find(new Caller(ann))); // open mode
        revoked.Forget(Noon.AddDays(2));
        Assert.Equal(0, revoked.Users);
    }

    // CH-172
    [Fact]
    public void A_session_is_refused_alone_and_a_deactivated_user_wholly_until_it_is_taken_back()
    {
        var revoked = new RevokedTokens();
        var ann = UserId.Parse("ann").Key();
        revoked.Add(new Revocation(1, ann, "phone", Noon, Noon.AddDays(1)));
        Assert.NotNull(revoked.Find(Token("ann", Noon, "phone")));
        Assert.Null(revoked.Find(Token("ann", Noon, "desk")));
        Assert.Null(revoked.Find(Token("ann", Noon)));
        revoked.Add(new Revocation(2, ann, Session: null, NotBefore: null, Expires: null));
        Assert.NotNull(revoked.Find(Token("ann", Noon.AddYears(1), "desk")));
        revoked.Forget(Noon.AddYears(9));
        Assert.NotNull(revoked.Find(Token("ann", Noon.AddYears(9))));
        revoked.Add(new Revocation(3, ann, Session: null, Noon, Noon.AddDays(1)));
        Assert.Null(revoked.Find(Token("ann", Noon.AddSeconds(1))));
        Assert.NotNull(revoked.Find(Token("ann", Noon)));
    }

    // CH-182
    [Fact]
    public void A_back_end_does_not_act_for_a_deactivated_user_and_does_for_one_who_is_signed_out()
    {
        var revoked = new RevokedTokens();
        var ann = new Caller(UserId.Parse("ann").Key()) { Key = "key:1" };
        revoked.Add(new Revocation(1, ann.User, Session: null, Noon, Noon.AddDays(1)));
        Assert.Null(revoked.Find(ann));
        revoked.Add(new Revocation(2, ann.User, Session: null, NotBefore: null, Expires: null));
        Assert.Equal(ChatErrorCode.Forbidden, revoked.Find(ann)?.Code);
        Assert.Null(revoked.Find(ann with { IsApplication = true }));
        revoked.Add(new Revocation(3, ann.User, Session: null, Noon.AddDays(1), Noon.AddDays(2)));
        Assert.Null(revoked.Find(ann));
    }

    // CH-184
    [Fact]
    public void One_token_of_a_session_is_refused_alone()
    {
        var revoked = new RevokedTokens();
        var first = Token("ann", Noon, "phone") with { TokenId = "0123456789abcdef" };
        revoked.Add(new Revocation(1, first.User, first.TokenId, Noon, Noon.AddDays(1)));
        Assert.NotNull(revoked.Find(first));
        Assert.Null(revoked.Find(first with { TokenId = "fedcba9876543210" }));
    }

    [Fact]
    public void A_user_with_very_many_sign_ins_has_one_revocation_for_all_of_them()
    {
        var revoked = new RevokedTokens();
        var ann = UserId.Parse("ann").Key();
        for (var i = 0; i <= RevokedTokens.SessionsOfUser; i++)
            revoked.Add(new Revocation(i, ann, $"s{i}", Noon.AddSeconds(i), Noon.AddDays(1)));
        Assert.InRange(revoked.Bytes, 1, 1_000);
        for (var i = 0; i <= RevokedTokens.SessionsOfUser; i++)
            Assert.NotNull(revoked.Find(Token("ann", Noon.AddSeconds(i), $"s{i}")));
        Assert.Null(revoked.Find(Token("ann", Noon.AddSeconds(RevokedTokens.SessionsOfUser + 1), "s1")));
        // One until an earlier time takes nothing back.
        revoked.Add(new Revocation(1_000, ann, Session: null, Noon, Noon.AddDays(1)));
        Assert.NotNull(revoked.Find(Token("ann", Noon.AddSeconds(50), "s50")));
        revoked.Forget(Noon.AddDays(3));
        Assert.Equal((0, 0L), (revoked.Users, revoked.Bytes));
    }

    [Fact]
    public void A_look_makes_no_object()
    {
        var admission = new Admission(_time);
        admission.BeRead();
        admission.Note(_time.GetTimestamp(), known: 1);
        admission.Revoked.Add(new Revocation(1, UserId.Parse("ann").Key(), null, Noon, null));
        var (standing, caller) = (new Standing(), Token("ben", Noon));
        Assert.True(Look());
        Assert.Equal(0, Allocations.BytesOf(() => Look()));

        bool Look() => admission.IsFreshSoonAsync(default) is { IsCompletedSuccessfully: true, Result: true }
            && admission.WaitAsync(default).IsCompletedSuccessfully && !standing.HasEnded
            && standing.EndedBecause is null && admission.Revoked.Find(caller) is null;
    }

    private static Caller Token(string user, DateTimeOffset issued, string? session = null) =>
        new(UserId.Parse(user).Key()) { IssuedAt = issued, Session = session, ExpiresAt = issued.AddHours(1) };
}
