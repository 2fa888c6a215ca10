using Chat.Server.Callers;

namespace Chat.Server.Transports.SignalR.Owners;

/// <summary>Who negotiated a hub connection.</summary>
internal sealed class HubOwner(Caller caller, long at)
{
    private bool _isOpen;

    public Caller Caller => caller;

    /// <summary>When, as a timestamp of the clock.</summary>
    public long At => at;

    public bool IsOpen
    {
        get => Volatile.Read(ref _isOpen);
        set => Volatile.Write(ref _isOpen, value);
    }
}
