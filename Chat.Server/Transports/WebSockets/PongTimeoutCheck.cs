using Chat.Server.Core;
using Microsoft.Extensions.Options;

namespace Chat.Server.Transports.WebSockets;

/// <summary>While policies decide nothing is read of their connection, pongs included: they have to be done before it
/// counts as dead.</summary>
internal sealed class PongTimeoutCheck(IPolicies policies) : IValidateOptions<RawSocketOptions>
{
    public ValidateOptionsResult Validate(string? name, RawSocketOptions options) =>
        policies.Budget < TimeSpan.FromSeconds(options.PongTimeoutSeconds)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Chat:RawSocket:PongTimeoutSeconds: {options.PongTimeoutSeconds} s is no more than the "
                    + $"{policies.Budget.TotalMilliseconds:0} ms that all policies together may take: a connection "
                    + "that waits for them would count as dead. Give them less time, or it more");
}
