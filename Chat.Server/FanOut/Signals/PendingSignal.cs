namespace Chat.Server.FanOut.Signals;

/// <summary>A signal on its way.</summary>
/// <param name="Signal">What.</param>
/// <param name="Subscription">The reader's way into the signal's conversation; null while no reader is concerned, and
/// for a signal without conversation.</param>
internal readonly record struct PendingSignal(EncodedSignal Signal, Subscription? Subscription);
