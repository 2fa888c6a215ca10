using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Transfer.Reading;

/// <summary>A conversation whose lines are over, and what its row says of its log from then on.</summary>
/// <param name="Id">Which.</param>
/// <param name="Links">Where its log ends.</param>
internal sealed record LogEnd(ConversationId Id, ShownLinks Links);
