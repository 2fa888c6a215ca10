namespace Chat.Server.Web;

/// <summary>Sites that our pages may call beside their own.</summary>
internal interface IPageConnections
{
    /// <summary>Their origins at this moment.</summary>
    ValueTask<IEnumerable<string>> OriginsAsync(CancellationToken ct);
}
