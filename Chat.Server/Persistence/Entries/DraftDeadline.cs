using System.Runtime.InteropServices;
using Chat.Contracts.Errors;

namespace Chat.Server.Persistence.Entries;

/// <summary>Until when a draft may be stored.</summary>
/// <param name="At">The last moment, by the clock of the commit.</param>
/// <param name="Passed">The refusal after it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DraftDeadline(DateTimeOffset At, ChatError Passed);
