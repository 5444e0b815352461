using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Nodes.Logs;

namespace MlopsOperator.DevCluster.Nodes.Pods;

/// <summary>Reads what a container left as its termination message: its file, or the end of its log where the pod asks for that.</summary>
internal sealed class TerminationMessage(JsonObject container, string file, ContainerLog log)
{
    public async Task<string?> ReadAsync(int exitCode)
    {
        try
        {
            if (File.Exists(file))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                var buffer = new byte[Limits.TerminationMessageBytes];
                var count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
                if (count > 0)
                {
                    return Encoding.UTF8.GetString(buffer.AsSpan(0, count));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return exitCode != 0 && container.Text("terminationMessagePolicy") is "FallbackToLogsOnError" ? log.Tail(Limits.TerminationLogBytes) : null;
    }
}
