namespace Chat.Tests.Packages;

/// <summary>A fact of what is built for use: what is built for debugging is not compiled ahead.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReleaseFactAttribute : FactAttribute
{
    public ReleaseFactAttribute()
    {
        if (PackedPackages.Configuration != "Release") Skip = "only a Release build is compiled ahead";
    }
}
