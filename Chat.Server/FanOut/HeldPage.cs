using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut;

/// <summary>A page that is there or on its way.</summary>
internal sealed class HeldPage(ConversationId conversation, long from, Func<Task<CatchUpPage>> read)
{
    private readonly Lazy<Task<CatchUpPage>> _page = new(read);

    public ConversationId Conversation => conversation;

    public long From => from;

    public Task<CatchUpPage> Page => _page.Value;

    public bool IsRead => _page is { IsValueCreated: true, Value.IsCompleted: true };

    public long Weight { get; set; }

    public bool IsUsed { get; set; }

    public bool IsDropped { get; set; }

    /// <summary>True for the first entry of a page on its way, and for any of one that is there.</summary>
    public bool Has(long sequence) => sequence == from
        || (sequence > from && _page is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }
            && sequence <= _page.Value.Result.To);
}
