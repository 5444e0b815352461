using System.Globalization;
using System.Net;

namespace MlopsOperator.ModelServer;

/// <summary>Reads variables, and collects what is wrong with them, so that one start tells all of it.</summary>
/// <param name="environment">Gives the value of a variable, or null.</param>
internal sealed class EnvironmentVariables(Func<string, string?> environment)
{
    private readonly List<string> errors = [];

    /// <summary>A sentence for each wrong variable.</summary>
    public IReadOnlyList<string> Errors => errors;

    /// <summary>A text.</summary>
    /// <param name="name">The variable.</param>
    /// <returns>Its value; null if it is empty or not set.</returns>
    public string? Text(string name) => environment(name) is { Length: > 0 } text ? text : null;

    /// <summary>A text that must be there.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="expected">What it is, for the error.</param>
    /// <returns>Its value.</returns>
    public string Required(string name, string expected)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        errors.Add($"{name} is not set; expected {expected}.");
        return "";
    }

    /// <summary>A whole number.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="otherwise">The number when it is not set.</param>
    /// <param name="least">The smallest.</param>
    /// <param name="most">The largest.</param>
    /// <returns>Its value.</returns>
    public int Number(string name, int otherwise, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        errors.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: found \"{text}\"; expected a whole number from {least} to {most}."));
        return otherwise;
    }

    /// <summary>An IP address.</summary>
    /// <param name="name">The variable.</param>
    /// <returns>Its value; null if it is not set.</returns>
    public IPAddress? Address(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        errors.Add($"{name}: found \"{text}\"; expected an IP address, such as 127.0.0.1.");
        return null;
    }
}
