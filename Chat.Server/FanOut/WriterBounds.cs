using Chat.Server.Callers;
using Chat.Server.Memory;

namespace Chat.Server.FanOut;

/// <summary>Who may be shown anything, and how much may wait.</summary>
internal sealed record WriterBounds(Admission Admission, MemoryBudget Memory);
