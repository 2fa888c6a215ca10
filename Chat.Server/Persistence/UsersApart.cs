namespace Chat.Server.Persistence;

/// <summary>Two users of whom one has blocked the other.</summary>
internal sealed record UsersApart(string UserId, string OtherId);
