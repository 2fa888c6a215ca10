using Chat.Server.Erasures;

namespace Chat.Server.Retention;

/// <summary>What retention goes by.</summary>
internal sealed record RetentionContext(
    RetentionOptions Options, IErasureEntries Entries, TimeProvider Time, ILogger<MessageRetention> Logger);
