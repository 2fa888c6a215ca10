namespace Chat.Server.Configuration;

/// <summary>Settings that are read by name, outside of an options class.</summary>
internal static class SettingName
{
    public const string Port = "PORT";
    public const string Urls = "urls";
    public const string KestrelEndpoints = "Kestrel:Endpoints";
    public const string ConnectionString = "ConnectionStrings:Chat";
    public const string DatabaseSchema = "Chat:Database:Schema";
    public const string DatabaseUrl = "DB_URL";
    public const string DatabaseHost = "DB_HOST";
    public const string DatabasePort = "DB_PORT";
    public const string DatabaseUser = "DB_USER";
    public const string DatabasePassword = "DB_PASSWORD";
    public const string DatabaseName = "DB_NAME";
    public const string RedisConnectionString = "ConnectionStrings:Redis";
    public const string RedisUrl = "REDIS_URL";
    public const string RedisCaFile = "Chat:Backplane:RedisCaFile";
    public const string IdentityMode = "Chat:Identity:Mode";
    public const string Schemes = "Authentication:Schemes";
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string OtelServiceName = "OTEL_SERVICE_NAME";
}
