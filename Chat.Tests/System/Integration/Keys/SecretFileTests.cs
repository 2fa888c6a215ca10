using System.Net;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Keys;

/// <summary>Secrets that an orchestrator mounts as files.</summary>
public sealed class SecretFileTests
{
    [Fact]
    public async Task A_file_of_the_folder_is_a_setting_and_wins()
    {
        var folder = Directory.CreateTempSubdirectory("chat-secrets-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "Chat__Operators__Key"), "the-key-of-the-file\n");
            await using var server = await ServerProcess.ServeAsync(
                ("Chat__Server__SecretsFolder", folder.FullName), ("Chat__Operators__Key", "the-key-of-the-variable"));
            using var http = new HttpClient();
            foreach (var (key, status) in ((string, HttpStatusCode)[])[
                ("the-key-of-the-file", HttpStatusCode.OK),
                ("the-key-of-the-variable", HttpStatusCode.Unauthorized)])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.OperatorsUrl, "/metrics"));
                request.Headers.Authorization = new("Bearer", key);
                using var answer = await http.SendAsync(request);
                Assert.Equal(status, answer.StatusCode);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_folder_that_is_not_there_and_a_file_that_is_no_setting_end_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("chat-secrets-");
        try
        {
            await using var missing = ServerProcess.Run(
                [], ("Chat__Server__SecretsFolder", Path.Combine(folder.FullName, "none")));
            Assert.Equal(1, await missing.ExitAsync());
            Assert.StartsWith("Chat:Server:SecretsFolder cannot be read: ", missing.Errors, StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Chat__Operator__Key"), "a-misspelled-key");
            await using var misspelled = ServerProcess.Run([], ("Chat__Server__SecretsFolder", folder.FullName));
            Assert.Equal(1, await misspelled.ExitAsync());
            Assert.StartsWith("Chat:Operator:Key is no setting", misspelled.Errors, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
