using System.Diagnostics;
using MlopsOperator.Api.Tests;

namespace MlopsOperator.ClusterTests.Rollouts;

/// <summary>Puts the images that the manifests name into the cluster, by a command of the user's.</summary>
internal static class ImageLoader
{
    public const string Variable = "MLOPS_LOAD_IMAGE";

    private static readonly string[] Images =
        ["mlops-operator/operator:dev", "mlops-operator/gateway:dev", "mlops-operator/model-server:dev", "mlops-operator/fetcher:dev", "mlops-operator/traffic:dev"];

    /// <summary>Runs the command for every image, {image} replaced; without a command the images must be in the cluster.</summary>
    public static async Task LoadAsync(string? command, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(command))
        {
            await Console.Out.WriteLineAsync($"{Variable} is not set: the images {string.Join(", ", Images)} are expected to be in the cluster.");
            return;
        }

        foreach (var image in Images)
        {
            using var process = Process.Start(new ProcessStartInfo("/bin/sh") { WorkingDirectory = RepositoryFolder.Root, ArgumentList = { "-c", command.Replace("{image}", image, StringComparison.Ordinal) } })!;
            await process.WaitForExitAsync(cancellationToken);
            process.ExitCode.Should().Be(0, $"{Variable} is to load {image}: {command}");
        }
    }
}
