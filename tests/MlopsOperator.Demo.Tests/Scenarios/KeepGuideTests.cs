using MlopsOperator.Demo.Scenarios;

namespace MlopsOperator.Demo.Tests.Scenarios;

public sealed class KeepGuideTests
{
    [Fact]
    public void Every_command_can_be_typed_as_it_is()
    {
        var commands = KeepGuide.Lines("/tmp/kubeconfig", new Uri("http://127.1.2.3:8080/"), "/checkout/").Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();

        commands.Should().OnlyContain(command => command.StartsWith("export ") || command.StartsWith("kubectl ") || command.StartsWith("curl "));
        commands.Should().OnlyContain(command => !command.Contains("...") && !command.Contains('<') && command.Count(letter => letter == '\'') % 2 == 0);
        commands[0].Should().Be("export KUBECONFIG=/tmp/kubeconfig");
        commands.Should().Contain("kubectl -n demo logs -l mlops-operator.io/deployment=delays --tail=5")
            .And.Contain("kubectl -n demo patch mdep delays --type merge -p '{\"spec\":{\"modelVersionRef\":{\"name\":\"delays-v1\"}}}'")
            .And.Contain("kubectl apply -f '/checkout/deploy/samples/demo/40-deployment.yaml'");
        commands[^1].Should().StartWith("kubectl -n demo delete", "what ends all is the last thing to try");
    }
}
