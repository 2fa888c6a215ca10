using Chat.Contracts.Errors;
using Chat.Server.Core;
using Chat.Server.Policies;
using Chat.Tests.Fixtures;
using FluentAssertions;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Unit.Policies;

/// <summary>One policy within its time, and what follows when it fails.</summary>
public sealed class PolicyRunTests
{
    private readonly ManualTime _time = new();
    private readonly RecordedLogs _logs = new();
    private readonly ChatPolicyOptions _options = new();

    // CH-289
    [Fact]
    public async Task A_policy_that_fails_refuses_for_now_unless_failures_allow()
    {
        Policy[] failing = [new(_ => throw new InvalidOperationException("secret")), new(_ => default),
            new(async (_, _) =>
            {
                await Task.Yield();
                throw new InvalidOperationException("secret");
            })];
        foreach (var policy in failing)
        {
            var refusal = (await Run(policy).Invoking(run => DecideAsync(run)).Should().ThrowAsync<ChatException>())
                .Which;
            refusal.Code.Should().Be(ChatErrorCode.InternalError);
            refusal.Message.Should().NotContain("secret");
        }
        _logs.All.Should().HaveCount(3);

        _options.OnFailure = PolicyFailure.Allow;
        foreach (var policy in failing) (await DecideAsync(Run(policy))).Kind.Should().Be(VerdictKind.Allow);
    }

    // CH-289
    [Fact]
    public async Task One_that_takes_too_long_is_told_so_and_one_that_goes_on_all_the_same_is_counted()
    {
        var told = new TaskCompletionSource();
        var over = new TaskCompletionSource<ChatVerdict>();
        var policy = new Policy((_, ct) =>
        {
            ct.Register(() => told.TrySetResult());
            return new ValueTask<ChatVerdict>(over.Task);
        });
        var run = Run(policy);
        for (var asked = 0; asked < PolicyRun.MaxLate; asked++)
        {
            var deciding = DecideAsync(run);
            _time.Advance(_options.Budget - TimeSpan.FromMilliseconds(1));
            deciding.IsCompleted.Should().BeFalse();
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await deciding.Invoking(late => late.WaitAsync(Bounds.Wait)).Should().ThrowAsync<ChatException>();
        }
        await told.Task.WaitAsync(Bounds.Wait);
        await run.Invoking(full => DecideAsync(full)).Should().ThrowAsync<ChatException>(); // at once
        policy.Asked.Should().Be(PolicyRun.MaxLate);

        over.SetResult(ChatVerdict.Allow);
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                return (await DecideAsync(run)).Kind == VerdictKind.Allow;
            }
            catch (ChatException)
            {
                return false; // not all of them have ended yet
            }
        });
    }

    [Fact]
    public async Task One_that_waits_and_decides_in_time_has_decided()
    {
        var run = Run(new Policy(async (_, ct) =>
        {
            await Task.Yield();
            ct.ThrowIfCancellationRequested();
            return ChatVerdict.Refuse("no");
        }));
        for (var asked = 0; asked < 3; asked++)
            (await DecideAsync(run)).Refusal.Should().Be(ChatError.WithReason("no", null));
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_gives_up_and_the_policy_is_told()
    {
        using var given = new CancellationTokenSource();
        var told = new TaskCompletionSource();
        var run = Run(new Policy(async (_, ct) =>
        {
            ct.Register(() => told.TrySetResult());
            await new TaskCompletionSource().Task.WaitAsync(ct);
            return ChatVerdict.Allow;
        }));
        var deciding = run.DecideAsync(Act(), given.Token).AsTask();
        await given.CancelAsync();
        await deciding.Invoking(task => task.WaitAsync(Bounds.Wait)).Should().ThrowAsync<OperationCanceledException>();
        await told.Task.WaitAsync(Bounds.Wait);
        _logs.All.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Where_all_allow_nothing_is_allocated(int policies)
    {
        IPolicies all = policies == 0
            ? new NoPolicies()
            : new PolicyGate(Enumerable.Range(0, policies).Select(_ => Run(new Policy(static _ => ChatVerdict.Allow))));
        var draft = Drafts.Of(Drafts.Message(Chat.Contracts.Identifiers.ConversationId.Lobby))[0];
        var refused = 0;
        Allocations.BytesOf(() =>
        {
            if (!ReferenceEquals(all.JudgeAsync(draft, CancellationToken.None).Result, draft)) refused++;
        }).Should().Be(0);
        refused.Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Not Good")]
    [InlineData("é")]
    public void Reasons_are_words_for_programs(string reason) =>
        FluentActions.Invoking(() => ChatVerdict.Refuse("no", reason)).Should().Throw<ArgumentException>();

    private static Task<ChatVerdict> DecideAsync(PolicyRun run) =>
        run.DecideAsync(Act(), CancellationToken.None).AsTask();

    private static ChatAct Act() =>
        new(Drafts.Of(Drafts.Message(Chat.Contracts.Identifiers.ConversationId.Lobby))[0], ChatActKind.Send);

    private PolicyRun Run(Policy policy) => new(
        "Test", new Lazy<IChatPolicy>(policy), _options, _time,
        LoggerFactory.Create(logging => logging.AddProvider(_logs)).CreateLogger<PolicyRun>());
}
