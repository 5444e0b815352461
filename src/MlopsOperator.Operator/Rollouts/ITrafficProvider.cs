using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Routes;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Operator.Rollouts;

/// <summary>A data plane: takes a wanted route and reports what it does.</summary>
internal interface ITrafficProvider
{
    /// <summary>Gathers evidence about a deployment from now on, at this interval; cheap when nothing changes.</summary>
    void Watch(ModelDeployment deployment, TimeSpan interval);

    /// <summary>What the data plane reports about a deployment's route.</summary>
    TrafficObservation Observe(ModelDeployment deployment);

    /// <summary>Evidence since the last call.</summary>
    IReadOnlyList<EvidenceRound> DrainEvidence(ModelDeployment deployment);

    /// <summary>Brings the data plane to the wanted route; idempotent.</summary>
    Task ApplyAsync(ModelDeployment deployment, GatewayRouteSpec route, CancellationToken cancellationToken);

    /// <summary>The highest sequence that a route of the deployment carries; 0 without one.</summary>
    long HighestSequence(ModelDeployment deployment);

    /// <summary>Renews the exposure of a candidate as long as this process runs, at sequences not below the floor; null: nothing is judged.</summary>
    void Judge(ModelDeployment deployment, long? floor);

    /// <summary>What users can say of traffic, as the route in effect has it; null without a route.</summary>
    TrafficSpec? InEffect(ModelDeployment deployment);

    /// <summary>Forgets a deployment that is gone.</summary>
    void Forget(ModelDeployment deployment);
}
