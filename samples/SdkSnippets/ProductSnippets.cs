using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SdkSnippets;

/// <summary>The code of docs/add-chat-to-your-product.md, so that it compiles. A test compares the two.</summary>
internal static class ProductSnippets
{
    public static void Add(IServiceCollection services)
    {
        services.AddChatClient(provider =>
            ChatClientOptions.ForServer(new Uri(provider.GetRequiredService<IConfiguration>()["Chat:Server"]!)) with
            {
                UserId = UserId.Parse("shop"), // the product itself takes part in every order's conversation
            });
        services.AddSingleton<OrderChats>();
    }
}

public sealed class OrderChats(ChatClient chat)
{
    /// <summary>Called when the order is placed. Keep the id with the order.</summary>
    public async Task<ConversationId> OpenAsync(Order order, CancellationToken ct)
    {
        var made = await chat.CreateConversationAsync(
            new CreateConversation
            {
                ParticipantIds = [UserId.Parse(order.CustomerId), UserId.Parse(order.ClerkId)],
                Title = $"Order {order.Number}",
            },
            ct);
        return made.Id;
    }

    /// <summary>With a key of its own, the news is stored once, however often the job runs.</summary>
    public Task ShippedAsync(Order order, ConversationId conversation, CancellationToken ct) =>
        chat.SendAsync(conversation, "Your order was shipped.",
            new SendOptions { DedupeKey = $"shipped-{order.Number}" }, ct);

    /// <summary>Another clerk takes over.</summary>
    public async Task HandOverAsync(ConversationId conversation, string from, string to, CancellationToken ct)
    {
        await chat.AddParticipantsAsync(conversation, [UserId.Parse(to)], ct);
        await chat.RemoveParticipantAsync(conversation, UserId.Parse(from), ct);
    }
}

public sealed record Order(string Number, string CustomerId, string ClerkId);
