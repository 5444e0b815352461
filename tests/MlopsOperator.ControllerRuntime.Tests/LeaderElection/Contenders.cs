using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.LeaderElection;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Tests.LeaderElection;

/// <summary>Operators of one name that contend for one Lease.</summary>
internal static class Contenders
{
    public static World Contender(
        string instance,
        World? beside = null,
        Func<IKubernetesTransport, IKubernetesTransport>? transport = null,
        Func<TimeProvider, TimeProvider>? time = null,
        Action<OperatorBuilder>? add = null) => new(
            builder =>
            {
                builder.AddController<WidgetController, Widget>();
                add?.Invoke(builder);
            },
            configure: settings => settings.WithInstance(instance).WithLeaderElection(LeaderElectionType.Single),
            beside: beside,
            transport: transport,
            time: time);

    public static bool IsLease(TransportRequest request) => request.PathAndQuery.Contains("/leases", StringComparison.Ordinal);

    public static JsonObject Lease(ScriptedServer server) => server.Collection("leases").Objects.Values.Single();

    public static string Holder(ScriptedServer server) => Lease(server)["spec"]!["holderIdentity"]!.GetValue<string>();
}
