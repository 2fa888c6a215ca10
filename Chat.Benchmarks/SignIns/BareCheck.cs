using System.Security.Cryptography;
using System.Text;
using Chat.Tests.Fixtures.Servers;

namespace Chat.Benchmarks.SignIns;

/// <summary>The cost of checking one signature when the key is known.</summary>
internal static class BareCheck
{
    private const int Rounds = 7, Checks = 500;

    /// <summary>Processor time of one check: the median of several rounds.</summary>
    public static double Microseconds(SignInKind kind, IssuerSite site)
    {
        var text = Encoding.ASCII.GetBytes(new string('a', 400));
        var es256 = site.Ec.SignData(text, HashAlgorithmName.SHA256);
        var rs256 = site.Rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Func<bool> check = kind == SignInKind.Es256
            ? () => site.Ec.VerifyData(text, es256, HashAlgorithmName.SHA256)
            : () => site.Rsa.VerifyData(text, rs256, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return Enumerable.Range(0, Rounds).Select(_ => Round(check)).Order().ElementAt(Rounds / 2);
    }

    private static double Round(Func<bool> check)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Checks; i++)
            if (!check()) throw new InvalidOperationException("the signature is not right");
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Checks;
    }
}
