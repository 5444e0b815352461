using MlopsOperator.Api.Schemas.Attributes;
using k8s.Models;

namespace MlopsOperator.Api.Routes;

/// <summary>The compiled route of one deployment for the built-in gateway: the operator writes it, gateways obey it and report its sequence.</summary>
[ShortNames("groute")]
[PrinterColumn("Host", ".spec.hosts[0]")]
[PrinterColumn("Path", ".spec.path")]
[PrinterColumn("Sequence", ".spec.sequence", "integer")]
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "gatewayroutes")]
public sealed class GatewayRoute : CustomResource<GatewayRouteSpec, GatewayRouteStatus>
{
    /// <summary>The kind.</summary>
    public const string KubeKind = "GatewayRoute";

    /// <summary>An empty route.</summary>
    public GatewayRoute() => Kind = KubeKind;
}
