using Microsoft.AspNetCore.SignalR;

namespace Chat.Tests.Embedding;

/// <summary>A hub of the application's own.</summary>
internal sealed class HostsHub : Hub
{
    public Answer Now(string said, int number) =>
        new(said, number, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    public int Fail() => throw new InvalidOperationException("boom");

    internal sealed record Answer(string Said, int Number, DateTime At);
}
