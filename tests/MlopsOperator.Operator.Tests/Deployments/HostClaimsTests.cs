using MlopsOperator.Api.Deployments;
using MlopsOperator.Operator.Deployments;

namespace MlopsOperator.Operator.Tests.Deployments;

public sealed class HostClaimsTests
{
    [Fact]
    public void PD_100_The_older_deployment_keeps_a_host_and_the_newer_is_told_who_owns_it()
    {
        var older = Claiming("older", 1, "shared.example.com");
        var newer = Claiming("newer", 2, "shared.example.com", "own.example.com");

        HostClaims.Problem(older, [newer, older]).Should().BeNull();
        HostClaims.Problem(newer, [newer, older])!.Message.Should().Contain("shared.example.com").And.Contain("prod/older");
        HostClaims.Owned(newer, [newer, older], "cluster.local").Should().Equal("newer.prod", "newer.prod.svc", "newer.prod.svc.cluster.local", "own.example.com");
    }

    [Fact]
    public void Two_deployments_without_hosts_do_not_conflict()
    {
        var one = Claiming("one", 1);
        var two = Claiming("two", 1);

        HostClaims.Problem(two, [one, two]).Should().BeNull();
        HostClaims.Problem(one, [one, two]).Should().BeNull();
    }

    [Fact]
    public void The_same_host_on_another_path_is_no_conflict()
    {
        var one = Claiming("one", 1, "shared.example.com");
        var two = Claiming("two", 2, "shared.example.com");
        two.Spec = two.Spec with { Traffic = two.Spec.Traffic! with { Path = "/two" } };

        HostClaims.Problem(two, [one, two]).Should().BeNull();
    }

    [Fact]
    public void Of_equal_age_the_first_by_name_keeps_the_host_in_any_case_of_letters()
    {
        var one = Claiming("one", 1, "Shared.example.com");
        var two = Claiming("two", 1, "shared.EXAMPLE.com");

        HostClaims.Problem(two, [two, one]).Should().NotBeNull();
        HostClaims.Problem(one, [two, one]).Should().BeNull();
    }

    private static ModelDeployment Claiming(string name, int day, params string[] hosts)
    {
        var deployment = Sample.Deployment(name: name, created: new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Utc));
        deployment.Spec = deployment.Spec with { Traffic = new TrafficSpec { Hosts = hosts } };
        return deployment;
    }
}
