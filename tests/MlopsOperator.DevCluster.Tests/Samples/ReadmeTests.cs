using System.Reflection;
using System.Text.RegularExpressions;

namespace MlopsOperator.DevCluster.Tests.Samples;

public sealed partial class ReadmeTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Samples");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_code_of_the_readme_is_the_code_that_is_compiled_and_run()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Folder, "README.md"), Cancelled);
        var samples = new List<string>();
        foreach (var name in new[] { "GreetingOperator.cs", "GreetingOperatorTests.cs" })
        {
            samples.Add((await File.ReadAllTextAsync(Path.Combine(Folder, name), Cancelled)).TrimStart('\uFEFF').TrimEnd());
        }

        CodeBlock().Matches(readme).Select(block => block.Groups["code"].Value.TrimEnd()).Should().Equal(samples);
    }

    [Fact]
    public async Task Every_public_member_for_faults_clients_and_waiting_is_named()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Folder, "README.md"), Cancelled);
        var text = CodeBlock().Replace(readme, "");

        var members = new[] { typeof(EmbeddedCluster), typeof(ClusterFaults), typeof(FaultScript) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsSpecialName)
            .Select(method => method.Name)
            .Distinct(StringComparer.Ordinal);

        members.Where(member => !Regex.IsMatch(text, $@"\b{member}\b", RegexOptions.None, TimeSpan.FromSeconds(1))).Should().BeEmpty();
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeBlock();
}
