using System.Globalization;
using System.Text.RegularExpressions;
using MlopsOperator.ControllerRuntime.Tests.Testing;

namespace MlopsOperator.ControllerRuntime.Tests;

public sealed partial class ProofListTests
{
    [Fact]
    public async Task Every_promise_of_the_list_has_a_test()
    {
        var token = TestContext.Current.CancellationToken;
        var list = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "docs/runtime-proofs.md"), token);
        var promised = ListLine().Matches(list).Select(line => Number(line.Groups["number"])).ToList();
        var folder = Path.Combine(RepositoryFolder.Path, "tests/MlopsOperator.ControllerRuntime.Tests");
        var proved = new HashSet<int>();
        foreach (var file in Directory.EnumerateFiles(folder, "*Tests.cs", SearchOption.AllDirectories))
        {
            proved.UnionWith(Proof().Matches(await File.ReadAllTextAsync(file, token)).Select(proof => Number(proof.Groups["number"])));
        }

        promised.Should().Equal(Enumerable.Range(1, 28));
        proved.Should().BeEquivalentTo(promised);
    }

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<number>\d+)\. ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ListLine();

    [GeneratedRegex(@"<summary>Proof (?<number>\d+)[.:]", RegexOptions.ExplicitCapture)]
    private static partial Regex Proof();
}
