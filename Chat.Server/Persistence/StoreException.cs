namespace Chat.Server.Persistence;

/// <summary>A database failure in the terms that callers need, independent of the provider.</summary>
internal sealed class StoreException(StoreFailure failure, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public StoreFailure Failure { get; } = failure;
}
