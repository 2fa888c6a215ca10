using System.Runtime.CompilerServices;

namespace Chat.Server.Limits;

/// <summary>The counters of one connection, eight bytes each: one for each kind (<see cref="Rate"/>), and the time
/// until which its messages are refused.</summary>
[InlineArray(CallRates.Kinds + 1)]
internal struct CallCounters
{
    /// <summary>The place of that time.</summary>
    public const int Pause = CallRates.Kinds;

    private long _first;
}
