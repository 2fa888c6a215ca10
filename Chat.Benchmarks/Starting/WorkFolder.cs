namespace Chat.Benchmarks.Starting;

/// <summary>A new folder, for as long as it is used.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chat-start-");

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
