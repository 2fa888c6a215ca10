using Chat.Server.Callers;
using Chat.Server.Memory;

namespace Chat.Server.FanOut;

/// <summary>What bounds that which is shown to clients: who may be shown anything, and how much may wait.</summary>
internal sealed record WriterBounds(Admission Admission, MemoryBudget Memory);
