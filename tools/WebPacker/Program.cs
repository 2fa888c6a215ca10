// The small form of every web file: from one folder into another, under the same names. What there is no use to
// compress is left out.
using Chat.Server.Web;

var (from, into) = (args[0], args[1]);
if (Directory.Exists(into)) Directory.Delete(into, recursive: true);
foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
{
    if (!SmallForm.IsOfUse(path)) continue;
    var target = Path.Combine(into, Path.GetRelativePath(from, path));
    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
    File.WriteAllBytes(target, SmallForm.Of(path, File.ReadAllBytes(path)));
}
