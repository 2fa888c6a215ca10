namespace Chat.Server.Hosting;

/// <summary>Among the services of the program: this host is the chat's own, so the chat's services are the
/// host's.</summary>
/// <param name="Configuration">Its settings, all of which are known.</param>
/// <param name="Folder">Where its SQLite file is, where no database is set.</param>
internal sealed record ChatProgram(IConfiguration Configuration, string Folder);
