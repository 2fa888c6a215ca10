using System.Collections.Immutable;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Link;

/// <summary>Shows every push to all who listen. One that fails is logged and harms neither the others nor the
/// connection.</summary>
internal sealed partial class LinkSinks(ChatClientTelemetry telemetry, ILogger logger) : IChatClient
{
    private ImmutableArray<IChatClient> _sinks = [];

    public IDisposable Add(IChatClient sink)
    {
        ImmutableInterlocked.Update(ref _sinks, static (sinks, added) => sinks.Add(added), sink);
        return new Registration(this, sink);
    }

    public Task MessageReceived(MessageEntry message)
    {
        telemetry.EntryReceived();
        return EachAsync(static (sink, message) => sink.MessageReceived(message), message);
    }

    public Task EntryReceived(ConversationEntry entry)
    {
        telemetry.EntryReceived();
        return EachAsync(static (sink, entry) => sink.EntryReceived(entry), entry);
    }

    public Task ConversationClosed(ConversationId conversationId) =>
        EachAsync(static (sink, id) => sink.ConversationClosed(id), conversationId);

    public Task TypingChanged(TypingChange change) =>
        EachAsync(static (sink, change) => sink.TypingChanged(change), change);

    public Task ReadPositionChanged(ReadPosition position) =>
        EachAsync(static (sink, position) => sink.ReadPositionChanged(position), position);

    public Task PresenceChanged(PresenceChange change) =>
        EachAsync(static (sink, change) => sink.PresenceChanged(change), change);

    public Task ReconnectRequested(ReconnectRequest request) =>
        EachAsync(static (sink, request) => sink.ReconnectRequested(request), request);

    private Task EachAsync<T>(Func<IChatClient, T, Task> tell, T pushed)
    {
        List<Task>? slow = null;
        foreach (var sink in _sinks)
        {
            try
            {
                var told = tell(sink, pushed);
                if (!told.IsCompletedSuccessfully) (slow ??= []).Add(ObserveAsync(told));
            }
            catch (Exception ex) // whatever a listener does
            {
                Log.SinkFailed(logger, ex);
            }
        }
        return slow is null ? Task.CompletedTask : Task.WhenAll(slow);
    }

    private async Task ObserveAsync(Task told)
    {
        try
        {
            await told.ConfigureAwait(false);
        }
        catch (Exception ex) // as above
        {
            Log.SinkFailed(logger, ex);
        }
    }

    private sealed class Registration(LinkSinks owner, IChatClient sink) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                ImmutableInterlocked.Update(ref owner._sinks, static (sinks, removed) => sinks.Remove(removed), sink);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7022, LogLevel.Error, "What the server pushed could not be taken in by a part of the client")]
        public static partial void SinkFailed(ILogger logger, Exception exception);
    }
}
