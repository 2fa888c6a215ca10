namespace Chat.Server.Transports.Rest;

/// <summary>What the address names is not there: 404, with these words.</summary>
internal sealed class NotFoundException(string message) : Exception(message);
