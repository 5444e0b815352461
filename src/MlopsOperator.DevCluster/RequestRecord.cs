namespace MlopsOperator.DevCluster;

/// <summary>A request that was answered.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="At">When it was answered.</param>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="Path">Path without query.</param>
/// <param name="Manager">Field manager, or what User-Agent says.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Changed">Whether it changed anything stored.</param>
public sealed record RequestRecord(long Number, DateTimeOffset At, string Method, string Path, string Manager, int Status, bool Changed);
