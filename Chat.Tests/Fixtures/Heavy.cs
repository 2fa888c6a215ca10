namespace Chat.Tests.Fixtures;

/// <summary>Tests that keep a core busy, one at a time: so that they never starve the bounded waits of the
/// others.</summary>
[CollectionDefinition(Name)]
public sealed class Heavy
{
    public const string Name = "Heavy";
}
