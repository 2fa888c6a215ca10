using Chat.Contracts.Errors;
using Chat.Server.Core;
using Chat.Server.Persistence;

namespace Chat.Tests.Unit.Core;

public sealed class RefusalTests
{
    [Fact]
    public void A_refusal_is_told_as_it_is() => Assert.Equal(
        new ChatError(ChatErrorCode.BadRequest, "no"), Refusal.Of(ChatException.BadRequest("no"))!.ToError());

    [Theory]
    [InlineData(StoreFailure.Unavailable, "nothing was changed")]
    [InlineData(StoreFailure.Rejected, "nothing was changed")]
    [InlineData(StoreFailure.Locked, "somebody else is changing this now; nothing was changed")]
    [InlineData(StoreFailure.InDoubt, "it is not known whether anything was changed")]
    internal void A_failing_database_is_an_internal_error_that_says_what_is_known(StoreFailure failure, string told)
    {
        var error = Refusal.Of(new StoreException(failure, "secret words of the provider"))?.ToError();

        Assert.Equal(ChatErrorCode.InternalError, error?.Code);
        Assert.Contains(told, error?.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_the_server_is_no_refusal() =>
        Assert.Null(Refusal.Of(new InvalidOperationException("a fault")));
}
