namespace Chat.Server.Tasks.Admin;

/// <summary>A payload to be shown.</summary>
/// <param name="Text">As text, when it is UTF-8; else null.</param>
/// <param name="Base64">In base64, when it is not; else null.</param>
/// <param name="Bytes">Of the whole.</param>
/// <param name="IsCut">Only the beginning is included.</param>
internal sealed record PayloadBody(string? Text, string? Base64, int Bytes, bool IsCut);
