namespace Chat.Server.Tasks.Admin;

internal sealed record ChangedBody(int Changed);
