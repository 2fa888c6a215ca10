namespace Chat.Tests.Fixtures;

/// <summary>Tests that keep all cores busy: one after the other, with no test beside.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Heavy
{
    public const string Name = "Heavy";
}
