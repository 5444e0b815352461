using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Tests.Testing;

[KubernetesEntity(Group = "test.dev", ApiVersion = "v1", Kind = "Widget", PluralName = "widgets")]
internal sealed class Widget : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "test.dev/v1";

    public string Kind { get; set; } = "Widget";

    public V1ObjectMeta Metadata { get; set; } = new();

    public WidgetSpec Spec { get; set; } = new();

    public WidgetStatus? Status { get; set; }

    public static Widget Numbered(int number) => Named("w" + number.ToString("00000", System.Globalization.CultureInfo.InvariantCulture));

    public static Widget Named(string name, int count = 0, string @namespace = "default") => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = @namespace },
        Spec = new WidgetSpec { Count = count },
    };
}

internal sealed class WidgetSpec
{
    public int Count { get; set; }

    public WidgetSize? Size { get; set; }

    public DateTimeOffset? Since { get; set; }

    public string? Target { get; set; }
}

internal sealed class WidgetStatus
{
    public string? Message { get; set; }

    public int Seen { get; set; }
}

internal enum WidgetSize
{
    Small,
    Large,
}
