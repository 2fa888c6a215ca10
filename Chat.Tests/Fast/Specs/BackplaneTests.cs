namespace Chat.Tests.Specs;

public sealed class InProcessBackplaneTests : BackplaneSpec
{
    internal override BackplaneNet Net { get; } = new InProcessNet();

    public override Task InitializeAsync() => Task.CompletedTask;
}
