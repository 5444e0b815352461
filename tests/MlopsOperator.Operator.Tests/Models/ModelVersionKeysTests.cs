using MlopsOperator.Api.Deployments;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Models;

namespace MlopsOperator.Operator.Tests.Models;

public sealed class ModelVersionKeysTests
{
    [Fact]
    public void A_deployment_uses_what_it_asks_for_what_serves_and_what_is_on_its_way()
    {
        var deployment = Sample.Deployment("delays-v3");
        deployment.Status = new ModelDeploymentStatus
        {
            Stable = new StableRevision { Revision = "r1", ModelVersion = "delays-v1" },
            Candidate = new CandidateRevision { Revision = "r2", ModelVersion = "delays-v2" },
        };

        ModelVersionKeys.OfDeployment(deployment).Should().Equal(new ObjectKey("prod", "delays-v3"), new ObjectKey("prod", "delays-v1"), new ObjectKey("prod", "delays-v2"));
    }

    [Fact]
    public void Each_version_is_named_once_and_a_deployment_without_status_names_its_wish()
    {
        var deployment = Sample.Deployment("delays-v1");
        ModelVersionKeys.Names(deployment).Should().Equal("delays-v1");

        deployment.Status = new ModelDeploymentStatus { Stable = new StableRevision { Revision = "r1", ModelVersion = "delays-v1" } };
        ModelVersionKeys.Names(deployment).Should().Equal("delays-v1");
    }
}
