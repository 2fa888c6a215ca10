using System.Text.Json.Serialization;
using Chat.Contracts.Json;

namespace Chat.Contracts.Entries;

/// <summary>A file that a message refers to. The server stores where it is, not the file.</summary>
public sealed record MessageAttachment
{
    /// <summary>The sender's or the file store's own name for it, at most 64 characters, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>Where it is: at most 2,048 characters (Unicode code points).</summary>
    public required string Url { get; init; }

    /// <summary>What the file is called, at most 255 characters, or null.</summary>
    public string? Name { get; init; }

    /// <summary>What kind of file it is, such as <c>image/png</c>, at most 255 characters, or null. The server does not
    /// look into the file.</summary>
    public string? MediaType { get; init; }

    /// <summary>Its bytes, as the sender says; null: not said.</summary>
    public long? Size { get; init; }

    /// <summary>Of an image or a video, the pixels from left to right; null: not said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Width { get; init; }

    /// <summary>Of an image or a video, the pixels from top to bottom; null: not said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Height { get; init; }

    /// <summary>Any JSON value, or a string that holds JSON, or null. It comes back as it was sent. All of a message
    /// together have at most 16 KiB in UTF-8.</summary>
    public RawJson? Meta { get; init; }
}
