using System.Runtime.InteropServices;

namespace Chat.Server.FanOut;

/// <summary>Where a log ends, as somebody knows it.</summary>
/// <param name="Sequence">The newest sequence.</param>
/// <param name="At">When that entry was stored; null: not known, or there is none.</param>
/// <param name="IsDoubtful">True when something came that does not belong to this log.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FeedEnd(long Sequence, DateTimeOffset? At, bool IsDoubtful = false);
