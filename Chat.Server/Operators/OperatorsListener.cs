using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Chat.Server.Operators;

/// <summary>The listener of the operators' own: tells which requests came in there.</summary>
internal sealed class OperatorsListener(IServer server)
{
    private string _address = "";
    private int _port;
    private bool _isBound, _isEverywhere;

    /// <summary>Has the server listen there, after its own addresses.</summary>
    /// <param name="main">The server's own addresses.</param>
    /// <param name="url">Where operators are listened to.</param>
    public void AddTo(IEnumerable<string> main, string url)
    {
        foreach (var address in main) Addresses.Add(address);
        Addresses.Add(url);
        Set(url);
    }

    /// <summary>The server listens there already, by its configuration.</summary>
    public void IsAt(string url)
    {
        Set(url);
        _isBound = true;
    }

    /// <summary>Once the server listens.</summary>
    /// <returns>The address; with the port that the system chose, where it was left to it.</returns>
    public string Bound()
    {
        // Addresses are bound in the order in which they were added.
        if (!_isBound) Set(Addresses.Last());
        _isBound = true;
        return _address;
    }

    /// <summary>In an application there is no listener of their own: their key is asked for at its addresses.</summary>
    public void IsEverywhere() => _isEverywhere = true;

    /// <remarks>The port is what cannot be forged, and what no proxy changes.</remarks>
    public bool IsOf(HttpContext http) => _isEverywhere || (_port > 0 && http.Connection.LocalPort == _port);

    private ICollection<string> Addresses => server.Features.Get<IServerAddressesFeature>()!.Addresses;

    private void Set(string url) => (_address, _port) = (url, BindingAddress.Parse(url).Port);
}
