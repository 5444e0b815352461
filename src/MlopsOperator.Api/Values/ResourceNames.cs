using System.Globalization;

namespace MlopsOperator.Api.Values;

/// <summary>Names of objects: what they may be, and how those of children are made.</summary>
public static class ResourceNames
{
    /// <summary>Longest name of a ModelDeployment: its Service has that name, and children add a hyphen and a revision.</summary>
    public const int DeploymentMaximum = 40;

    /// <summary>Longest label (RFC 1035, RFC 1123), so of a Service's name.</summary>
    public const int LabelMaximum = 63;

    /// <summary>Longest name of an object (RFC 1123 subdomain).</summary>
    public const int SubdomainMaximum = 253;

    /// <summary>Regular expression of a DNS label after RFC 1035, which Services need: it begins with a letter.</summary>
    public const string Dns1035Pattern = "^[a-z]([-a-z0-9]*[a-z0-9])?$";

    /// <summary>Regular expression of a DNS subdomain after RFC 1123, as most kinds' names are.</summary>
    public const string Dns1123SubdomainPattern = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /// <summary>What the name of a ModelDeployment must be, as the rest of a sentence.</summary>
    public const string ExpectedDeployment = "at most 40 characters: a lower-case letter, then letters, digits or hyphens, no hyphen at the end";

    /// <summary>What a DNS label must be, as the rest of a sentence.</summary>
    public const string ExpectedLabel = "a lower-case letter, then letters, digits or hyphens, no hyphen at the end";

    /// <summary>What the name of another object must be, as the rest of a sentence.</summary>
    public const string ExpectedSubdomain = "the name of an object: lower-case letters, digits, hyphens and dots";

    /// <summary>Whether a text can be the name of a ModelDeployment.</summary>
    /// <param name="name">The text.</param>
    /// <returns>True for a DNS label after RFC 1035 of at most <see cref="DeploymentMaximum"/> characters.</returns>
    public static bool IsDeploymentName(string? name) => name is { Length: <= DeploymentMaximum } && IsDns1035Label(name);

    /// <summary>Whether a text is a DNS label after RFC 1035, as names of Services are.</summary>
    /// <param name="name">The text.</param>
    /// <returns>True for lower-case letters, digits and hyphens, the first a letter, the last no hyphen, at most 63.</returns>
    public static bool IsDns1035Label(string? name) =>
        name is { Length: > 0 and <= LabelMaximum } && char.IsAsciiLetterLower(name[0]) && name[^1] != '-' && name.All(IsLabelCharacter);

    /// <summary>Whether a text is a DNS subdomain after RFC 1123, as names of most objects are.</summary>
    /// <param name="name">The text.</param>
    /// <returns>True for labels of lower-case letters, digits and inner hyphens, joined by dots, at most 253 characters.</returns>
    public static bool IsDns1123Subdomain(string? name) =>
        name is { Length: > 0 and <= SubdomainMaximum }
        && name.Split('.').All(label => label.Length > 0 && label[0] != '-' && label[^1] != '-' && label.All(IsLabelCharacter));

    /// <summary>Name of a revision's ControllerRevision, Deployment and Service: <c>deployment-revision</c>.</summary>
    /// <param name="deployment">Name of the ModelDeployment.</param>
    /// <param name="revision">Revision hash.</param>
    /// <returns>A DNS label, if both parts are as they must be.</returns>
    /// <exception cref="ArgumentException">The name would not be a DNS label.</exception>
    public static string Child(string deployment, string revision)
    {
        var name = $"{deployment}-{revision}";
        return IsDns1035Label(name)
            ? name
            : throw new ArgumentException($"\"{name}\" cannot be the name of a Service; expected a DNS label of at most {LabelMaximum} characters");
    }

    /// <summary>Name of a ModelRollout: <c>deployment-number</c>.</summary>
    /// <param name="deployment">Name of the ModelDeployment.</param>
    /// <param name="number">Number of the rollout.</param>
    /// <returns>The name.</returns>
    public static string Rollout(string deployment, int number) => string.Create(CultureInfo.InvariantCulture, $"{deployment}-{number}");

    private static bool IsLabelCharacter(char character) =>
        char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-';
}
