using MlopsOperator.Demo.Scenarios;

namespace MlopsOperator.Demo.Tests.Scenarios;

public sealed class DemoPlacesTests
{
    [Fact]
    public void The_checkout_that_the_demo_was_built_from_has_all_parts() => DemoPlaces.Find().Program("Operator").Should().EndWith("MlopsOperator.Operator.dll");

    [Theory]
    [InlineData("crds")]
    [InlineData("deploy/manifests")]
    [InlineData("deploy/samples/demo")]
    [InlineData("deploy/samples/data")]
    public void A_missing_part_is_named_with_what_to_do(string part)
    {
        using var folder = new TemporaryFolder();
        var root = folder.Checkout();
        Directory.Delete(folder.Path(part), recursive: true);

        var find = () => DemoPlaces.At(root, "bin/Debug");

        find.Should().Throw<DemoFailure>().WithMessage($"{root}/{part}*is missing. Run the demo from a whole checkout: *");
    }

    [Fact]
    public void A_program_that_was_not_built_is_named_with_the_command_that_builds_it()
    {
        using var folder = new TemporaryFolder();
        var places = DemoPlaces.At(folder.Checkout(), "bin/Debug");

        var program = () => places.Program("Gateway");

        program.Should().Throw<DemoFailure>().WithMessage("*MlopsOperator.Gateway.dll is missing. Build it: dotnet build src/MlopsOperator.Gateway");
    }
}
