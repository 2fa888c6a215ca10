using System.Security.Cryptography;
using System.Text;

namespace SignIn;

/// <summary>Two people whose passwords everybody knows: in their place stands your own store of users.</summary>
internal static class DemoUsers
{
    private static readonly DemoUser[] All =
        [new("ann", "Ann Archer", "wonderland"), new("ben", "Ben Baker", "greenhouse")];

    /// <summary>Null: there is no such user, or it is not the password.</summary>
    public static DemoUser? Check(string id, string password) => All.FirstOrDefault(user => user.Id == id
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(user.Password), Encoding.UTF8.GetBytes(password)));
}
