namespace Chat.Server.Notifications;

/// <summary>What is new in some conversations.</summary>
/// <param name="Pages">The next page of each that has something to tell of now.</param>
/// <param name="Early">Those in which it is to gather for a while yet.</param>
/// <param name="Left">Those that have more than was read at one go.</param>
internal sealed record News(List<NewsPage> Pages, List<Noted> Early, List<Noted> Left);
