namespace MlopsOperator.Fetcher;

/// <summary>What the exit code tells whoever started the fetcher.</summary>
internal static class ExitCodes
{
    /// <summary>The artifact is in place and verified.</summary>
    public const int Fetched = 0;

    /// <summary>The input is wrong; trying again gives the same.</summary>
    public const int WrongInput = 10;

    /// <summary>Something failed that may pass; try again.</summary>
    public const int TryAgain = 20;
}
