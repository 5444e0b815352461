using System.CommandLine;
using System.Text.Json.Nodes;
using MlopsOperator.Cli.Linting;
using MlopsOperator.Cli.Output;

namespace MlopsOperator.Cli.Commands;

/// <summary>Holds manifests against the operator's rules, without a cluster.</summary>
internal static class LintCommand
{
    public static Command Create(CommonOptions common, Screen screen)
    {
        var files = new Argument<string[]>("FILE") { Description = "Manifests in YAML; several objects in one are fine.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("lint", "Holds manifests against the operator's rules, without a cluster.") { files };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var findings = new List<LintFinding>();
            foreach (var file in parsed.GetRequiredValue(files))
            {
                findings.AddRange(await CheckAsync(file, cancellationToken));
            }

            if (common.IsJson(parsed))
            {
                await screen.ShowAsync(new JsonArray([.. findings.Select(finding => new JsonObject { ["file"] = finding.File, ["object"] = finding.Subject, ["problem"] = finding.Text })]));
            }
            else
            {
                await screen.ShowAsync(findings.Select(finding => new Line(finding.ToString(), Tone.Bad)));
            }

            return findings.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task<IReadOnlyList<LintFinding>> CheckAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return ManifestLint.Check(file, new StringReader(await File.ReadAllTextAsync(file, cancellationToken)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCodes.Failed, $"{file} cannot be read: {error.Message}");
        }
    }
}
