using System.Text.Json.Serialization;

namespace Chat.Server.Transfer.Lines;

/// <summary>One line of an export, a JSON object. Its first property says what it is.</summary>
internal abstract record TransferLine
{
    /// <summary>The name of what it is.</summary>
    [JsonPropertyOrder(int.MinValue)]
    public abstract string Type { get; }
}
