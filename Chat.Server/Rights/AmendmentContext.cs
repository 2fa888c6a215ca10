using Chat.Server.Core;

namespace Chat.Server.Rights;

/// <summary>What changes of messages need beside the log.</summary>
internal sealed record AmendmentContext(
    MessagesOptions Options, NewKinds Kinds, References References, TimeProvider Time);
