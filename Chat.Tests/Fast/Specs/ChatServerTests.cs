using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Testing;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

public sealed class InMemoryChatServerTests : ChatServerSpec
{
    private readonly InMemoryWorld _world = new(new TimeOfDay());

    internal override IChatConnection Connect(UserId user) => new InMemoryConnection(_world, user);

    internal override Task SetNameAsync(UserId user, string? name)
    {
        lock (_world.Gate) _world.SetName(user, name);
        return Task.CompletedTask;
    }

    internal override Task EraseAsync(ConversationId conversation, long? through, UserId? user)
    {
        lock (_world.Gate) _world.Erase(_world.Find(conversation)!, through, user);
        return Task.CompletedTask;
    }

    /// <summary>The time of day alone. No other time passes: else typing would be told again, or be over, between two
    /// calls on a busy machine.</summary>
    private sealed class TimeOfDay : TimeProvider
    {
        private readonly ManualTime _still = new();

        public override long TimestampFrequency => _still.TimestampFrequency;

        public override long GetTimestamp() => _still.GetTimestamp();

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            _still.CreateTimer(callback, state, dueTime, period);
    }
}
