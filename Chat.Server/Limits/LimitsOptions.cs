using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Limits;

/// <summary>Settings <c>Chat:Limits</c>: how much one client may ask for. The paces are constants
/// (<see cref="CallRates"/>, <see cref="ClientRates"/>); these scale them and bound connections.</summary>
internal sealed class LimitsOptions
{
    /// <summary>All paces and bursts are multiplied by it. Default 1. 0 turns all limits off, those of connections too
    /// unless <see cref="Connections"/> is set: for benchmarks.</summary>
    [Range(0d, 1_000_000d)]
    public double Factor { get; set; } = 1;

    /// <summary>Connections of this instance, polls included. Default: what open files allow, 90 % of them and all but
    /// 500.</summary>
    [Range(1, int.MaxValue)]
    public int? Connections { get; set; }

    /// <summary>In open mode: connections from one IPv4 address, or one /64 of IPv6. Default 200. Loopback and trusted
    /// proxies do not count: they stand for many.</summary>
    [Range(1, int.MaxValue)]
    public int ConnectionsPerAddress { get; set; } = 200;

    /// <summary>With tokens: connections of one user to this instance, polls included. Default 20.</summary>
    [Range(1, int.MaxValue)]
    public int ConnectionsPerUser { get; set; } = 20;

    /// <summary>With tokens: messages per minute of one user to this instance, over all transports, and as many at once
    /// after a rest. Default 300. In open mode an address may send ten times as many.</summary>
    [Range(1, 10_000_000)]
    public int SendsPerUserPerMinute { get; set; } = 300;
}

[OptionsValidator]
internal sealed partial class LimitsOptionsValidator : IValidateOptions<LimitsOptions>;
