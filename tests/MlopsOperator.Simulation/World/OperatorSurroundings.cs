using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.DevCluster;
using MlopsOperator.Operator.Evidence.Scraping;
using MlopsOperator.Operator.Rollouts.GoldenTests;
using MlopsOperator.Simulation.Scheduling;

namespace MlopsOperator.Simulation.World;

/// <summary>What every process of the operator in a world has to do with.</summary>
/// <param name="Scheduler">The world's thread.</param>
/// <param name="Cluster">The API.</param>
/// <param name="Time">The world's time.</param>
/// <param name="Seed">Of what is random in a process.</param>
/// <param name="Models">The model servers.</param>
/// <param name="Gateways">The gateways.</param>
/// <param name="Seam">What comes between operator and API; null: nothing.</param>
/// <param name="Elects">Whether the processes compete for a Lease.</param>
/// <param name="ByWallClock">Whether they take the wall clock as it is, which the product does not.</param>
internal sealed record OperatorSurroundings(
    SimulationScheduler Scheduler,
    EmbeddedCluster Cluster,
    SimulatedTime Time,
    int Seed,
    IInferenceClient Models,
    ITelemetryClient Gateways,
    Func<IKubernetesTransport, IKubernetesTransport>? Seam,
    bool Elects,
    bool ByWallClock);
