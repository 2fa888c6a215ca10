namespace Chat.Server.Transports.Rest;

/// <summary>A body that is not read as a whole is too large in a part, or nothing of it comes.</summary>
/// <param name="words">What is allowed; the answer says it.</param>
/// <param name="status">408 or 413.</param>
internal sealed class RefusedBodyException(string words, int status) : BadHttpRequestException(words, status);
