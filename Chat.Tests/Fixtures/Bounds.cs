namespace Chat.Tests.Fixtures;

/// <summary>How long tests wait for what must come. A bound ends a hang and never measures: a busy machine stays far
/// below it.</summary>
internal static class Bounds
{
    /// <summary>For one thing: a frame, an answer, a state.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(60);

    /// <summary>For many in a row: a program from its start to its end, thousands of messages.</summary>
    public static readonly TimeSpan Run = TimeSpan.FromSeconds(180);

    /// <summary>For programs of others that build, pack or install, each with processes of its own.</summary>
    public static readonly TimeSpan Build = TimeSpan.FromSeconds(600);

    /// <summary>For a whole test in a browser, in milliseconds: a page that draws for ever answers nobody, and the
    /// driver does not bound its first look at it.</summary>
    public const int BrowserTestMilliseconds = 600_000;
}
