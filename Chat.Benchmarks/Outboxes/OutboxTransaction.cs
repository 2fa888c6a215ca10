namespace Chat.Benchmarks.Outboxes;

/// <summary>How a transaction of the application is made.</summary>
internal enum OutboxTransaction
{
    /// <summary>By <c>SaveChanges</c> alone.</summary>
    OfSave,

    /// <summary>Begun and committed by the application.</summary>
    Own,

    /// <summary>Begun, saved and rolled back.</summary>
    TakenBack,

    /// <summary>Begun, saved and left: as an exception leaves it.</summary>
    Left,
}
