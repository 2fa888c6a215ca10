namespace Chat.Server.Persistence.Entries;

/// <summary>A column of a draft: its name, and what a draft has in it. Its type is a short, a long, a text, a
/// truth value or a Guid.</summary>
internal abstract class EntryColumn(string name)
{
    public string Name { get; } = name;
}

/// <inheritdoc />
internal sealed class EntryColumn<T>(string name, Func<Draft, T> valueOf) : EntryColumn(name)
{
    public Func<Draft, T> ValueOf { get; } = valueOf;
}
