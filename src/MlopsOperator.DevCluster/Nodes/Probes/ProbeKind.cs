namespace MlopsOperator.DevCluster.Nodes.Probes;

internal enum ProbeKind
{
    Startup,
    Readiness,
    Liveness,
}
