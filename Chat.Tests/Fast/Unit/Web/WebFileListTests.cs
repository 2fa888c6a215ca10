using Chat.Server.Web;

namespace Chat.Tests.Unit.Web;

/// <summary>Which files a browser keeps to open the app without a network. CH-251.</summary>
public sealed class WebFileListTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chat-web-").FullName;

    [Fact]
    public void It_names_what_the_app_runs_and_nothing_else()
    {
        foreach (var name in new[] { "index.html", "sw.js", "app/main.js", "app/views/a.js", "app/base.css",
            "app/icon.svg", "sdk/chat-client.js", "sdk/chat-client.npm.js", "sdk/contracts.d.ts", "sdk/README.md",
            "vendor/htm.js", "vendor/htm.LICENSE.txt", ".hidden/a.js", "other/a.js" })
            Write(name, "1");
        var list = WebFileList.Of(WebFiles.In(_folder));
        Assert.Equal(["app/base.css", "app/icon.svg", "app/main.js", "app/views/a.js", "", "sdk/chat-client.js",
            "vendor/htm.js"], list.Files);
    }

    [Fact]
    public void Its_version_is_another_one_for_other_bytes_other_names_and_one_file_less()
    {
        Write("index.html", "1");
        Write("app/a.js", "1");
        var versions = new HashSet<string> { Version() };
        Assert.False(versions.Add(Version()));
        Write("app/a.js", "22");
        Assert.True(versions.Add(Version()));
        Write("app/b.js", "1");
        Assert.True(versions.Add(Version()));
        File.Delete(Path.Combine(_folder, "app", "a.js"));
        Assert.True(versions.Add(Version()));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Version() => WebFileList.Of(WebFiles.In(_folder)).Version;

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
