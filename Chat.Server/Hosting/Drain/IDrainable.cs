namespace Chat.Server.Hosting.Drain;

/// <summary>One open connection, which a drain asks to go.</summary>
internal interface IDrainable
{
    /// <summary>Asks the client to go, gives it the grace time, then ends the connection. Never waits for long after that.</summary>
    /// <param name="grace">How long a client that understands the request may stay.</param>
    /// <param name="now">Cancelled: there is no more time to wait for anything.</param>
    /// <returns>How it ended, once it has, or once there is no more time.</returns>
    Task<Departure> LeaveAsync(TimeSpan grace, CancellationToken now);
}

/// <summary>One transport's connections.</summary>
internal interface IDrainSource
{
    /// <summary>Those that are open now.</summary>
    IEnumerable<IDrainable> Connections { get; }
}

/// <summary>How a connection ended in a drain.</summary>
internal enum Departure
{
    /// <summary>The client went when it was asked to.</summary>
    Left,

    /// <summary>The server said that it closes, and the client answered.</summary>
    Closed,

    /// <summary>The connection was taken from under the client.</summary>
    Cut,
}
