using System.Globalization;

namespace MlopsOperator.Scale;

/// <summary>How much there shall be.</summary>
/// <param name="Deployments">ModelDeployments.</param>
/// <param name="Rollouts">How many of them change their version at once.</param>
/// <param name="Samples">Single changes whose answer is timed.</param>
internal sealed record ScaleSettings(int Deployments, int Rollouts, int Samples)
{
    private const int NamespaceCount = 10;

    /// <summary>The namespaces that they are spread over.</summary>
    public IReadOnlyList<string> Namespaces { get; } = [.. Enumerable.Range(0, NamespaceCount).Select(number => string.Create(CultureInfo.InvariantCulture, $"scale-{number}"))];

    /// <summary>Namespace of a ModelDeployment.</summary>
    public string NamespaceOf(int number) => Namespaces[number % NamespaceCount];

    /// <summary>Name of a ModelDeployment.</summary>
    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"model-{number:0000}");
}
