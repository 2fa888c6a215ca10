namespace Chat.Server.Observers.Admin;

/// <param name="Outbox">The context whose outbox has it.</param>
/// <param name="Number">Of the row.</param>
/// <param name="ConversationId">Whose later messages wait for it.</param>
/// <param name="SenderId">In whose name.</param>
/// <param name="CreatedAt">When it was put there.</param>
/// <param name="Error">Why.</param>
internal sealed record RefusedBody(
    string Outbox, long Number, Guid ConversationId, string SenderId, DateTimeOffset CreatedAt, string Error);
