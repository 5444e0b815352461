using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Caching;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Deployments;
using MlopsOperator.Operator.Revisions;

namespace MlopsOperator.Operator.Tests.Deployments;

public sealed class DeploymentGathererTests
{
    private readonly ModelDeployment _deployment = Sample.Deployment();
    private readonly RevisionRecord _first = Sample.Revision(Sample.Version("delays-v1"));
    private readonly RevisionRecord _second = Sample.Revision(Sample.Version("delays-v2", Sample.Digest2));
    private readonly ListedCache<ModelDeployment> _deployments = new ListedCache<ModelDeployment>()
        .Index(CacheIndexes.ByListedHost, HostClaims.Listed)
        .Index(CacheIndexes.ByImpliedHost, deployment => HostClaims.Implied(deployment, "cluster.local"));

    private readonly ListedCache<V1ControllerRevision> _revisions = new ListedCache<V1ControllerRevision>().Index(CacheIndexes.ByDeployment, CacheIndexes.OfLabel);

    [Fact]
    public void A_stored_revision_that_lost_its_label_is_left_out_and_stops_nothing()
    {
        var unlabelled = Stored(_second);
        unlabelled.Metadata.Labels.Remove(WellKnown.RevisionLabel);
        _revisions.With(Stored(_first), unlabelled);

        Gather().Revisions.Select(record => record.Revision).Should().Equal(_first.Revision);
    }

    [Fact]
    public void Revisions_of_a_former_deployment_of_the_name_and_those_without_content_are_left_out()
    {
        var former = Stored(_second);
        former.Metadata.OwnerReferences[0].Uid = "uid-of-another";
        var foreign = Stored(_first);
        foreign.Data = "not ours";
        _revisions.With(former, foreign);

        Gather().Revisions.Should().BeEmpty();
    }

    [Fact]
    public void Of_other_deployments_only_those_that_share_a_host_are_looked_at()
    {
        _deployments.With(_deployment, Listing("other", "other.example.com"), Listing("shared", "Shared.example.com"));
        _deployments.With([.. Enumerable.Range(0, 50).Select(number => Sample.Deployment(name: FormattableString.Invariant($"stranger-{number}")))]);

        Gather().HostConflict.Should().BeNull();
        _deployments.HandedOut.Should().Be(0, "it lists no host that anybody could claim");

        _deployment.Metadata.CreationTimestamp = new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc);
        List(_deployment, "shared.example.com", "stranger-7.prod.svc");
        Gather().HostConflict!.Message.Should().Contain("shared.example.com").And.Contain("prod/shared");
        _deployments.HandedOut.Should().Be(4, "the two others, and itself for each host");
    }

    [Fact]
    public void Those_that_list_a_host_of_a_changed_deployment_hear_of_it_its_own_name_included()
    {
        List(_deployment, "Shared.example.com");
        _deployments.With(_deployment, Listing("shared", "shared.EXAMPLE.com"), Listing("stranger", "delays.prod.svc"), Listing("other", "other.example.com"));

        DeploymentKeys.SharingHosts(_deployment, _deployments, "cluster.local").Should().BeEquivalentTo([new ObjectKey("prod", "shared"), new ObjectKey("prod", "stranger")]);
        DeploymentKeys.SharingHosts(Sample.Deployment(name: "lonely"), _deployments, "cluster.local").Should().BeEmpty();
    }

    private static ModelDeployment Listing(string name, params string[] hosts)
    {
        var deployment = Sample.Deployment(name: name);
        List(deployment, hosts);
        return deployment;
    }

    private static void List(ModelDeployment deployment, params string[] hosts) => deployment.Spec = deployment.Spec with { Traffic = new TrafficSpec { Hosts = hosts } };

    private V1ControllerRevision Stored(RevisionRecord record) => RevisionStore.ToControllerRevision(_deployment, record.Revision, record.Content, 1);

    private DeploymentInputs Gather()
    {
        var references = new DeploymentReferences(
            new ListedCache<ModelVersion>().With(Sample.Version("delays-v1")), new ListedCache<ClusterModelRuntime>().With(Sample.Runtime()), new ListedCache<RolloutStrategy>(), new ListedCache<ClusterRolloutStrategy>());
        return new DeploymentGatherer(
            _deployments,
            new ListedCache<ModelRollout>().Index(CacheIndexes.ByDeployment, CacheIndexes.OfLabel),
            _revisions,
            new ListedCache<V1Deployment>().Index(CacheIndexes.ByDeployment, CacheIndexes.OfLabel),
            new ListedCache<V1EndpointSlice>().Index(CacheIndexes.ByDeployment, CacheIndexes.OfLabel),
            references,
            new NoBaselines(),
            new OperatorOptions(),
            new FakeTimeProvider(Sample.Now)).Gather(_deployment);
    }

    private sealed class NoBaselines : IBaselineSource
    {
        public BaselineEvidence? Current(string @namespace, string name, string revision) => null;
    }
}
