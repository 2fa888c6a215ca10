using Chat.Contracts.Entries;
using Chat.Contracts.Json;

namespace Chat.Contracts.Rules;

/// <summary>A message as it is stored: trimmed, and null for what is empty.</summary>
public readonly record struct CheckedMessage(string? Body, MessageType MsgType, string? AttachmentUrl, RawJson? AttachmentMeta, string? DedupeKey);
