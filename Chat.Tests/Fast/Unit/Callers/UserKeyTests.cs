using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Tests.Fixtures;
using CsCheck;
using FluentAssertions;

namespace Chat.Tests.Unit.Callers;

/// <summary>Who a user is: a tenant and a name.</summary>
public sealed class UserKeyTests
{
    private static readonly string[] Names = ["ann", "Zoë 🦊", "\"ann\\ '", "default", new('n', 255)];

    private static readonly Gen<UserKey> Users = Gen.Select(
        Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789-"].Array[1, 64], Gen.Int[0, Names.Length - 1],
        (tenant, name) => new UserKey(Tenant.Parse(new string(tenant)), UserId.Parse(Names[name])));

    [Theory]
    [InlineData("")]
    [InlineData("Acme")]
    [InlineData("ac me")]
    [InlineData("acme\n")]
    [InlineData("äcme")]
    [InlineData("a\u001fb")]
    [InlineData(null)]
    public void A_tenant_is_small_letters_digits_and_hyphens(string? name)
    {
        Tenant.TryCreate(name, out _).Should().BeFalse();
        Tenant.TryCreate(new string('a', 64), out _).Should().BeTrue();
        Tenant.TryCreate(new string('a', 65), out _).Should().BeFalse();
    }

    [Fact]
    public void Data_without_a_tenant_belongs_to_the_default_tenant()
    {
        default(Tenant).Should().Be(Tenant.Parse("default"));
        default(Tenant).Name.Should().Be("default");
        default(Tenant).Should().NotBe(Tenant.Parse("acme"));
    }

    [Fact]
    public void One_name_in_two_tenants_is_two_users() =>
        Users.Sample(user =>
        {
            var other = user with { Tenant = Tenant.Parse(user.Tenant.Name == "acme" ? "other" : "acme") };
            other.Should().NotBe(user);
            other.ToString().Should().NotBe(user.ToString());
            other.ToWire().Should().NotBe(user.ToWire());
        });

    [Fact]
    public void Written_data_is_read_back() =>
        Users.Sample(user =>
        {
            UserKey.TryParse(user.ToString(), out var read).Should().BeTrue();
            read.Should().Be(user);
            UserKey.OfWire(user.ToWire()).Should().Be(user);
        });

    [Theory]
    [InlineData("ann")]
    [InlineData("acme\u001f")]
    [InlineData("\u001fann")]
    [InlineData("acme\u001fann\u001fbob")]
    [InlineData(null)]
    public void Only_a_tenant_and_a_name_make_a_user(string? text) =>
        UserKey.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void The_version_before_reads_the_users_of_the_default_tenant() =>
        UserId.Parse("ann").Key().ToWire().Should().Be("ann");
}
