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

        Problem(older, newer, older).Should().BeNull();
        Problem(newer, newer, older)!.Message.Should().Contain("shared.example.com").And.Contain("prod/older");
        HostClaims.Owned(newer, [newer, older], "cluster.local").Should().Equal("newer.prod", "newer.prod.svc", "newer.prod.svc.cluster.local", "own.example.com");
    }

    [Fact]
    public void Two_deployments_without_hosts_do_not_conflict()
    {
        var one = Claiming("one", 1);
        var two = Claiming("two", 1);

        Problem(two, one, two).Should().BeNull();
        Problem(one, one, two).Should().BeNull();
    }

    [Fact]
    public void The_same_host_on_another_path_is_no_conflict()
    {
        var one = Claiming("one", 1, "shared.example.com");
        var two = Claiming("two", 2, "shared.example.com");
        two.Spec = two.Spec with { Traffic = two.Spec.Traffic! with { Path = "/two" } };

        Problem(two, one, two).Should().BeNull();
    }

    [Fact]
    public void Of_equal_age_the_first_by_name_keeps_the_host_in_any_case_of_letters()
    {
        var one = Claiming("one", 1, "Shared.example.com");
        var two = Claiming("two", 1, "shared.EXAMPLE.com");

        Problem(two, two, one).Should().NotBeNull();
        Problem(one, two, one).Should().BeNull();
    }

    [Theory]
    [InlineData("delays.prod", "/")]
    [InlineData("delays.prod.svc", "/")]
    [InlineData("Delays.Prod.svc.cluster.local", "/")]
    [InlineData("delays.prod.svc", "/v2/models")]
    public void A_deployments_own_name_is_nobody_elses_whatever_the_age_and_path(string host, string path)
    {
        var stranger = Claiming("stranger", 1, host);
        stranger.Metadata.NamespaceProperty = "other";
        stranger.Spec = stranger.Spec with { Traffic = stranger.Spec.Traffic! with { Path = path } };
        var named = Claiming("delays", 2);

        Problem(stranger, stranger, named)!.Message.Should().Contain($"lists {host.ToLowerInvariant()}, the own name of ModelDeployment prod/delays");
        HostClaims.Owned(stranger, [stranger, named], "cluster.local").Should().Equal("stranger.other", "stranger.other.svc", "stranger.other.svc.cluster.local");
        Problem(named, stranger, named).Should().BeNull("what it did not list is its own all the same");
        HostClaims.Owned(named, [stranger, named], "cluster.local").Should().Equal("delays.prod", "delays.prod.svc", "delays.prod.svc.cluster.local");
    }

    [Fact]
    public void A_deployment_may_list_its_own_name_even_if_an_older_one_lists_it_too()
    {
        var stranger = Claiming("stranger", 1, "delays.prod.svc");
        var named = Claiming("delays", 2, "delays.prod.svc");

        Problem(named, stranger, named).Should().BeNull();
        Problem(stranger, stranger, named).Should().NotBeNull();
    }

    private static SpecProblem? Problem(ModelDeployment deployment, params ModelDeployment[] all) => HostClaims.Problem(deployment, all, "cluster.local");

    private static ModelDeployment Claiming(string name, int day, params string[] hosts)
    {
        var deployment = Sample.Deployment(name: name, created: new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Utc));
        deployment.Spec = deployment.Spec with { Traffic = new TrafficSpec { Hosts = hosts } };
        return deployment;
    }
}
