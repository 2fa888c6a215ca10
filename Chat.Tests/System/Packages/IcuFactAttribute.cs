namespace Chat.Tests.Packages;

/// <summary>A fact that needs the texts and rules of all languages.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IcuFactAttribute : FactAttribute
{
    private static readonly string[] Folders = ["/usr/lib", "/lib", "/usr/lib64", "/lib64"];

    public IcuFactAttribute()
    {
        if (!RequiredTools.RequireAll && !IsThere()) Skip = "ICU is not installed: no folder of libraries has libicuuc";
    }

    private static bool IsThere() => Folders.Where(Directory.Exists)
        .SelectMany(folder => Directory.GetDirectories(folder, "*-linux-*").Prepend(folder))
        .Any(folder => Directory.EnumerateFiles(folder, "libicuuc.so*").Any());
}
