using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Tests.Watching;

public sealed class UndecodableFieldTests
{
    [Fact]
    public void A_field_within_lists_and_maps_is_named_with_what_was_expected()
    {
        Describe<V1Pod>("""{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c"},{"name":"d","ports":[{"containerPort":"eighty"}]}]}}""")
            .Should().Be("spec.containers[1].ports[0].containerPort: found \"eighty\", expected a whole number");
    }

    [Fact]
    public void A_long_value_is_cut()
    {
        Describe<Widget>("""{"metadata":{"name":"p"},"spec":{"count":"VALUE"}}""".Replace("VALUE", new string('x', 500), StringComparison.Ordinal))
            .Should().HaveLength("spec.count: found , expected a whole number".Length + 61);
    }

    [Fact]
    public void Values_of_secrets_are_never_repeated()
    {
        Describe<V1Secret>("""{"metadata":{"name":"s"},"immutable":"hunter2"}""")
            .Should().Be("immutable: found another value, expected true or false");
    }

    private static string Describe<T>(string json)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var raw = RawObject.Parse(Encoding.UTF8.GetBytes(json));
        var decode = () => raw.Decode<T>(ResourceType.For<T>());
        return UndecodableField.Describe(typeof(T), raw, decode.Should().Throw<JsonException>().Which);
    }
}
