namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>Which of several nodes carries a channel.</summary>
/// <remarks>All instances must agree, whatever their version: this never changes. FNV-1a, 32 bits, over the 16 bytes of the conversation's id in the order of its text, modulo the number of
/// nodes. What concerns every instance is on the first.</remarks>
internal static class RedisShard
{
    private const uint Basis = 2_166_136_261, Prime = 16_777_619;

    public static int Of(BackplaneChannel channel, int nodes)
    {
        if (nodes == 1 || channel.Conversation is not { } conversation) return 0;
        Span<byte> id = stackalloc byte[16];
        conversation.Value.TryWriteBytes(id, bigEndian: true, out _);
        var hash = Basis;
        foreach (var part in id) hash = unchecked((hash ^ part) * Prime);
        return (int)(hash % (uint)nodes);
    }
}
