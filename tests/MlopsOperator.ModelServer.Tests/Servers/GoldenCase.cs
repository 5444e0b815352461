using System.Text.Json.Nodes;

namespace MlopsOperator.ModelServer.Tests.Servers;

/// <summary>Compares an answer with an expected one.</summary>
internal static class GoldenCase
{
    /// <summary>Floating-point data within a tolerance, all else exactly.</summary>
    public static void ShouldBeAnsweredBy(this JsonNode expected, Reply reply, double tolerance)
    {
        reply.Status.Should().Be(200, reply.Body);
        foreach (var output in expected["outputs"]!.AsArray())
        {
            var name = (string)output!["name"]!;
            var found = reply.Output(name);
            found["datatype"]!.ToJsonString().Should().Be(output["datatype"]!.ToJsonString());
            found["shape"]!.ToJsonString().Should().Be(output["shape"]!.ToJsonString());
            if ((string)output["datatype"]! is "FP32" or "FP64")
            {
                var numbers = found["data"]!.AsArray().Select(value => (double)value!).ToArray();
                var wanted = output["data"]!.AsArray().Select(value => (double)value!).ToArray();
                numbers.Should().HaveSameCount(wanted);
                numbers.Zip(wanted).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= tolerance, name);
            }
            else
            {
                found["data"]!.ToJsonString().Should().Be(output["data"]!.ToJsonString());
            }
        }
    }
}
