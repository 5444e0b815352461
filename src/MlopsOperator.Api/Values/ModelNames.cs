namespace MlopsOperator.Api.Values;

/// <summary>Names that users give to models, versions, formats and tests. They stand in paths, environment variables and metric labels.</summary>
public static class ModelNames
{
    /// <summary>Regular expression of a name: no spaces, slashes, quotes, braces or dollar signs, so that nothing expands or splits it.</summary>
    public const string Pattern = "^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$";

    /// <summary>
    /// Regular expression of an artifact's URI: a scheme, then RFC 3986's characters but for fragments, quotes, brackets and the dollar sign: in an
    /// argument Kubernetes expands <c>$(NAME)</c> and makes one sign of two.
    /// </summary>
    public const string UriPattern = "^[a-z][a-z0-9+.-]*:[A-Za-z0-9._~:/?@!&()*+,;=%-]+$";

    /// <summary>That no step of a URI's path is <c>.</c> or <c>..</c>, in CEL; <see cref="HasDots"/> says the same in C#.</summary>
    public const string UriRule = "!self.matches('[:/][.][.]?($|[/?])')";

    /// <summary>What <see cref="UriRule"/> asks for, as the rest of a sentence.</summary>
    public const string ExpectedUriSteps = "a path without . or .. as a step";

    /// <summary>Regular expression of a name that others have given, such as a tensor's: any script, but nothing that hides or breaks a line.</summary>
    public const string ForeignPattern = @"^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$";

    /// <summary>What such a name must be, as the rest of a sentence.</summary>
    public const string ExpectedForeign = "a name without control characters, direction marks or line breaks";

    /// <summary>Longest URI in characters.</summary>
    public const int UriMaximum = 2048;

    /// <summary>What a name must be, as the rest of a sentence.</summary>
    public const string Expected = "letters, digits, dots, hyphens and underscores, a letter or digit at both ends";

    /// <summary>What a URI must be, as the rest of a sentence.</summary>
    public const string ExpectedUri = "a URI with a scheme, such as file:///models/2/model.onnx, without spaces, fragment, quotes, brackets or dollar signs";

    private const string UriSteps = "^.*[:/][.][.]?([/?].*)?$";

    /// <summary>Whether a text is a name of at most some length.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maximum">Longest length in characters.</param>
    public static bool IsName(string? text, int maximum) => text is { Length: > 0 } && text.Length <= maximum && TextPattern.Matches(Pattern, text);

    /// <summary>Whether a text can be the URI of an artifact.</summary>
    /// <param name="text">The text.</param>
    public static bool IsUri(string? text) => text is { Length: > 0 and <= UriMaximum } && TextPattern.Matches(UriPattern, text) && !HasDots(text);

    /// <summary>Whether a step of a URI's path is <c>.</c> or <c>..</c>: the last step is the file's name in the pod.</summary>
    /// <param name="uri">The URI.</param>
    public static bool HasDots(string uri) => TextPattern.Matches(UriSteps, uri);

    /// <summary>
    /// Whether a text is written with combining accents where one character is meant (NFD). Two such names look alike and are not the same. Programs that
    /// run without ICU cannot normalise, so this looks for U+0300 to U+036F, of which NFC leaves none in Latin, Greek and Cyrillic.
    /// </summary>
    /// <param name="text">The text.</param>
    public static bool IsDecomposed(string text) => text.Any(character => character is >= '\u0300' and <= '\u036f');
}
