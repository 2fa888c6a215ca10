using System.Security.Cryptography;
using System.Text;

namespace Chat.ClientSdk;

/// <summary>One path for what several users of a device keep: the first one has the file of that name, every other one
/// a file beside it.</summary>
/// <remarks>Beside it is a note of whose it is, <c>.owner</c>. A file of a version before has none: it was one user's,
/// as those versions wanted it, and is taken over by the first who comes.</remarks>
internal static class OwnedFile
{
    private const int NameLength = 16;

    /// <summary>The file of this owner.</summary>
    /// <exception cref="IOException">The note cannot be read or written.</exception>
    public static string PathOf(string path, string owner)
    {
        var note = path + ".owner";
        if (!File.Exists(note)) Write(note, owner);
        if (File.ReadAllText(note) == owner) return path;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(owner));
        return $"{path}.{Convert.ToHexStringLower(hash)[..NameLength]}";
    }

    /// <summary>As a whole, and not over one that is there: of two who come at once one is first.</summary>
    private static void Write(string note, string owner)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(note)!);
        var temporary = $"{note}.{Guid.NewGuid():N}";
        File.WriteAllText(temporary, owner);
        try
        {
            File.Move(temporary, note, overwrite: false);
        }
        catch (IOException) when (File.Exists(note))
        {
            File.Delete(temporary);
        }
    }
}
