namespace Chat.Server.Limits;

/// <summary>How many sockets are open.</summary>
internal sealed class SocketCount
{
    private int _open;

    public int Open => Volatile.Read(ref _open);

    public void Add() => Interlocked.Increment(ref _open);

    public void Remove() => Interlocked.Decrement(ref _open);
}
