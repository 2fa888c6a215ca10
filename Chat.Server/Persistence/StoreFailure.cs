namespace Chat.Server.Persistence;

/// <summary>What a failed call left behind.</summary>
internal enum StoreFailure
{
    /// <summary>The database cannot be reached or cannot work now. Nothing was stored.</summary>
    Unavailable,

    /// <summary>The connection was lost while a commit was under way: it may have happened or not.</summary>
    InDoubt,

    /// <summary>The database refused the data itself. Nothing was stored; another row of the same batch may be
    /// fine.</summary>
    Rejected,

    /// <summary>Another session holds a required lock. Nothing was stored; a retry may succeed.</summary>
    Locked,

    /// <summary>A right was taken since it was read. Nothing was stored; another row of the same batch may be
    /// fine.</summary>
    NotAllowed,

    /// <summary>There is a revocation that the caller does not know of. Nothing was stored; once it is known the same
    /// may be stored.</summary>
    Outdated,
}
