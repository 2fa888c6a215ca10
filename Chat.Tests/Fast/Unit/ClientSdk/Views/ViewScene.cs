using System.Diagnostics;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Sending;
using Chat.ClientSdk.Views;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.ClientSdk.Reading;

namespace Chat.Tests.Unit.ClientSdk.Views;

/// <summary>A client over a scripted link, a clock and a screen, and views on one conversation.</summary>
public abstract class ViewScene : IAsyncDisposable
{
    private protected static readonly ConversationId Room = ConversationId.New(Drafts.Noon);
    private protected static readonly UserId Me = UserId.Parse("me");
    private protected static readonly UserId Ann = UserId.Parse("ann");

    private protected readonly ScriptedLink _link = new ScriptedLink().Connect();
    private protected readonly ManualTime _time = new();
    private protected readonly ScreenContext _screen = new();
    private protected readonly ChatClient _client;

    protected ViewScene() =>
        _client = new ChatClient(
            ChatClientOptions.ForServer(new Uri("http://localhost")) with { TimeProvider = _time, UserId = Me }, _link);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<ConversationView> OpenAsync(ConversationViewOptions options) =>
        _client.OpenViewAsync(Room, options with { Context = _screen }).WaitAsync(Bounds.Wait);

    /// <summary>Until the screen was told all there is: a round may be on its way to it.</summary>
    private protected Task SettleAsync(ConversationView view) =>
        UntilAsync(() => ReferenceEquals(view.Shown, view.State), _screen.RunAll);

    private protected static Task UntilAsync(Func<bool> condition, Action? while_ = null) => Eventually.HoldsAsync(() =>
    {
        if (condition()) return true;
        while_?.Invoke();
        return false;
    });
}
