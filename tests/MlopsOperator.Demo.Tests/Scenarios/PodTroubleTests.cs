using System.Text.Json.Nodes;
using MlopsOperator.Demo.Scenarios;

namespace MlopsOperator.Demo.Tests.Scenarios;

public sealed class PodTroubleTests
{
    [Theory]
    [InlineData("""{"containerStatuses":[{"name":"c","ready":true,"state":{"running":{}}}]}""")]
    [InlineData("""{"initContainerStatuses":[{"name":"c","state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]}""")]
    [InlineData("""{"containerStatuses":[{"name":"c","ready":true,"restartCount":1,"state":{"running":{}},"lastState":{"terminated":{"exitCode":137}}}]}""")]
    [InlineData("""{"conditions":[{"type":"PodScheduled","status":"True"}]}""")]
    [InlineData("{}")]
    public void A_pod_that_is_well_is_not_told(string status) => PodTrouble.Of(Pod(status)).Should().BeEmpty();

    [Theory]
    [InlineData(
        """{"containerStatuses":[{"name":"c","restartCount":2,"state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 20s"}},"lastState":{"terminated":{"exitCode":139,"reason":"Error","message":"out of luck"}}}]}""",
        "Pod demo/p, container c: CrashLoopBackOff, back-off 20s; 2 restarts, last exit code 139 (Error, out of luck).")]
    [InlineData(
        """{"initContainerStatuses":[{"name":"fetch-model","restartCount":0,"state":{"terminated":{"exitCode":3,"reason":"Error"}}}]}""",
        "Pod demo/p, container fetch-model: Error, exit code 3.")]
    [InlineData(
        """{"containerStatuses":[{"name":"c","ready":false,"restartCount":1,"state":{"running":{}},"lastState":{"terminated":{"exitCode":1,"reason":"Error"}}}]}""",
        "Pod demo/p, container c: runs again and is not ready; 1 restarts, last exit code 1 (Error).")]
    [InlineData(
        """{"conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"no node fits"}]}""",
        "Pod demo/p is not scheduled: Unschedulable, no node fits")]
    public void A_pod_in_trouble_is_told_in_a_sentence(string status, string sentence) => PodTrouble.Of(Pod(status)).Should().Equal(sentence);

    private static JsonNode Pod(string status) => JsonNode.Parse($$"""{"metadata":{"namespace":"demo","name":"p"},"status":{{status}} }""")!;
}
