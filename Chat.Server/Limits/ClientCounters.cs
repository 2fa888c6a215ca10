using System.Runtime.CompilerServices;

namespace Chat.Server.Limits;

/// <summary>The counters of one client, eight bytes each: one for each kind (<see cref="Rate"/>).</summary>
[InlineArray(ClientRates.Kinds)]
internal struct ClientCounters
{
    private long _first;
}
