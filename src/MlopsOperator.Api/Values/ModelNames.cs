namespace MlopsOperator.Api.Values;

/// <summary>Names that users give to models, versions, formats and tests. They stand in paths, environment variables and metric labels.</summary>
public static class ModelNames
{
    /// <summary>Regular expression of a name: no spaces, slashes, quotes, braces or dollar signs, so that nothing expands or splits it.</summary>
    public const string Pattern = "^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$";

    /// <summary>Regular expression of an artifact's URI: a scheme, then anything but spaces and control characters.</summary>
    public const string UriPattern = "^[a-z][a-z0-9+.-]*:[!-~]+$";

    /// <summary>Longest URI in characters.</summary>
    public const int UriMaximum = 2048;

    /// <summary>What a name must be, as the rest of a sentence.</summary>
    public const string Expected = "letters, digits, dots, hyphens and underscores, a letter or digit at both ends";

    /// <summary>What a URI must be, as the rest of a sentence.</summary>
    public const string ExpectedUri = "a URI with a scheme, such as file:///models/2/model.onnx";

    /// <summary>Whether a text is a name of at most some length.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maximum">Longest length in characters.</param>
    public static bool IsName(string? text, int maximum) => text is { Length: > 0 } && text.Length <= maximum && TextPattern.Matches(Pattern, text);

    /// <summary>Whether a text can be the URI of an artifact.</summary>
    /// <param name="text">The text.</param>
    public static bool IsUri(string? text) => text is { Length: > 0 and <= UriMaximum } && TextPattern.Matches(UriPattern, text);
}
