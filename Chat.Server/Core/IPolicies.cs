using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core;

/// <summary>What the application that the chat is part of says about an act before it is stored.</summary>
internal interface IPolicies
{
    /// <summary>Decides. Synchronous where nobody has to be waited for.</summary>
    /// <returns>What is to be stored: maybe not what the user sent.</returns>
    /// <exception cref="ChatException">It is refused.</exception>
    ValueTask<Draft> JudgeAsync(Draft draft, CancellationToken ct);

    /// <summary>How long it may take, all policies together.</summary>
    TimeSpan Budget { get; }
}
