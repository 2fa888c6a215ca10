namespace Chat.Server.Transports.Http;

internal sealed record ErrorBody(string Error);
