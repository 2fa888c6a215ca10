namespace Chat.Server.Persistence;

/// <summary>This machine's own clock, which may be wrong. Everything but <see cref="DatabaseClock"/> asks the
/// <see cref="TimeProvider"/> of the services.</summary>
internal sealed record InstanceClock(TimeProvider Time);
