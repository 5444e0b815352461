namespace MlopsOperator.Fetcher;

/// <summary>Machine-readable reasons in the termination message.</summary>
internal static class FailureReasons
{
    /// <summary>A command line argument is missing or malformed. No retry helps.</summary>
    public const string InvalidArgument = "InvalidArgument";

    /// <summary>The URI is malformed, or leads out of the folder that artifacts may come from. No retry helps.</summary>
    public const string InvalidUri = "InvalidUri";

    /// <summary>No source is known for the URI's scheme. No retry helps.</summary>
    public const string UnknownScheme = "UnknownScheme";

    /// <summary>There is no file at the URI. No retry helps.</summary>
    public const string ArtifactNotFound = "ArtifactNotFound";

    /// <summary>The file may not be read. No retry helps.</summary>
    public const string AccessDenied = "AccessDenied";

    /// <summary>Digest or size differ from what was declared. No retry helps.</summary>
    public const string ArtifactMismatch = "ArtifactMismatch";

    /// <summary>The artifact has no bytes. No retry helps.</summary>
    public const string ArtifactEmpty = "ArtifactEmpty";

    /// <summary>The target's volume is full. Try again with a larger one.</summary>
    public const string NoSpace = "NoSpace";

    /// <summary>Reading or writing failed. Try again.</summary>
    public const string TransferFailed = "TransferFailed";

    /// <summary>The fetcher was told to stop. Try again.</summary>
    public const string Interrupted = "Interrupted";

    /// <summary>The exit code that a reason ends with.</summary>
    /// <param name="reason">One of the constants.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int ExitCode(string reason) =>
        reason is NoSpace or TransferFailed or Interrupted ? ExitCodes.TryAgain : ExitCodes.WrongInput;
}
