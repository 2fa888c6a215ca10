using Chat.Contracts.Entries;

namespace Chat.Server.Persistence.Entries;

/// <summary>Stretches of some logs, one after the other, each ascending.</summary>
/// <param name="Entries">They.</param>
/// <param name="IsCut">True when they ended because of the limit: of the last one's log there may be more, and the logs
/// of the places behind it were not looked at.</param>
internal sealed record LogStretches(List<ConversationEntry> Entries, bool IsCut);
