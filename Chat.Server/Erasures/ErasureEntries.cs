using System.Security.Cryptography;
using System.Text;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Core.MessageLog;
using Chat.Server.FanOut;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Erasures;

/// <summary>Appends them through the lanes, like all entries.</summary>
internal sealed class ErasureEntries(MessageLog log, NewKinds kinds, LogIdentity identity, TimeProvider time)
    : IErasureEntries
{
    public async Task DemandAsync(CancellationToken ct) => await kinds.DemandAsync(ct);

    public async Task AppendAsync(ErasureOrder order, IReadOnlyList<ErasedPart> parts, CancellationToken ct)
    {
        var content = EntryContent.ContentErased(order.Through, order.User, await KeyOfAsync(order, ct));
        await await log.EnqueueAsync(
            new Draft(MessageId.New(time.GetUtcNow()), order.ConversationId, ErasureOrder.Sender, content)
            {
                NeedsLevel = await kinds.DemandAsync(ct), ErasedParts = parts,
            }, ct);
    }

    /// <summary>A dedupe key that nobody else can know, and use up.</summary>
    private async Task<string> KeyOfAsync(ErasureOrder order, CancellationToken ct)
    {
        var deployment = await identity.Known.WaitAsync(ct);
        var name = Encoding.UTF8.GetBytes($"erase {order.ConversationId} {order.Name}");
        return $"erase-{Convert.ToHexStringLower(HMACSHA256.HashData(deployment.Key, name))[..40]}";
    }
}
