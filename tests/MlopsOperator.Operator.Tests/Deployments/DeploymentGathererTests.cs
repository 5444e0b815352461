using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
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
    private readonly ListedCache<ModelDeployment> _deployments = new();
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

    private V1ControllerRevision Stored(RevisionRecord record) => RevisionStore.ToControllerRevision(_deployment, record.Revision, record.Content, 1);

    private DeploymentInputs Gather()
    {
        var references = new DeploymentReferences(
            new ListedCache<ModelVersion>().With(Sample.Version("delays-v1")), new ListedCache<ClusterModelRuntime>().With(Sample.Runtime()), new ListedCache<RolloutStrategy>());
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
