namespace MlopsOperator.DevCluster.Nodes.Processes;

/// <summary>A program to start.</summary>
/// <param name="Command">Executable and arguments.</param>
/// <param name="Environment">All of its environment; nothing is inherited.</param>
/// <param name="WorkingDirectory">Folder it starts in.</param>
internal sealed record ProcessStart(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, string WorkingDirectory);
