namespace Chat.Server.Persistence;

/// <summary>Which database this server uses, as the configuration resolved it.</summary>
/// <param name="Kind">The provider.</param>
/// <param name="ConnectionString">In the provider's own (ADO.NET) form.</param>
internal sealed record DatabaseSettings(DatabaseKind Kind, string ConnectionString);
