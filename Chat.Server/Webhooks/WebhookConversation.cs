using System.Runtime.InteropServices;
using Chat.Server.Callers;

namespace Chat.Server.Webhooks;

/// <summary>What an entry does not say of its conversation, and what never changes.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="IsPublic">Anyone may read it, as the lobby: nobody is told of it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WebhookConversation(Tenant Tenant, bool IsPublic);
