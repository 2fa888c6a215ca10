namespace Chat.Tests.Specs.Transports;

/// <summary>The fields of a message, each wrong in every way, and the word that the refusal must have.</summary>
/// <remarks>Fields in snake case, values as JSON texts. Identifiers and types of frames are each transport's own
/// business.</remarks>
internal static class BadInput
{
    public static readonly (string Field, string Value, string Named)[] MessageFields =
    [
        ("body", "5", "body"),
        ("body", "{}", "body"),
        ("body", "[\"a\"]", "body"),
        ("body", "true", "body"),
        ("body", "null", "body"),
        ("body", "\"\"", "body"),
        ("body", "\" \\t\\n \"", "body"),
        ("body", "\"a\\u0000b\"", "body"),
        ("body", "\"a\\ud800b\"", "body"),
        ("body", "\"\\udc00\"", "body"),
        ("body", $"\"{new string('x', 65_537)}\"", "body"),
        ("body", $"\"{new string('€', 21_846)}\"", "body"),
        ("msg_type", "3", "msg_type"),
        ("msg_type", "4", "msg_type"),
        ("msg_type", "-1", "msg_type"),
        ("msg_type", "0.5", "msg_type"),
        ("msg_type", "99999999999999999999", "msg_type"),
        ("msg_type", "1e400", "msg_type"),
        ("msg_type", "\"0\"", "msg_type"),
        ("msg_type", "{}", "msg_type"),
        ("attachment_url", "5", "attachment_url"),
        ("attachment_url", "[]", "attachment_url"),
        ("attachment_url", "\"a\\u0000\"", "attachment_url"),
        ("attachment_url", "\"\\ud800\"", "attachment_url"),
        ("attachment_url", $"\"{new string('u', 2_049)}\"", "attachment_url"),
        ("attachment_meta", "\"not json\"", "attachment_meta"),
        ("attachment_meta", "\"{\\\"a\\\":\"", "attachment_meta"),
        ("attachment_meta", $"[\"{new string('m', 16_385)}\"]", "attachment_meta"),
        ("attachment_meta", "[\"\\ud800\"]", "attachment_meta"),
        ("attachment_meta", "{\"\\udfff\":1}", "attachment_meta"),
        ("dedupe_key", "5", "dedupe_key"),
        ("dedupe_key", "{}", "dedupe_key"),
        ("dedupe_key", $"\"{new string('k', 65)}\"", "dedupe_key"),
        ("dedupe_key", "\"\\u0000\"", "dedupe_key"),
        ("dedupe_key", "\"\\ud800\"", "dedupe_key"),
    ];
}
