namespace MlopsOperator.Gateway.Tests.Fixtures;

/// <summary>A request as a backend saw it.</summary>
internal sealed record SeenRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers);
