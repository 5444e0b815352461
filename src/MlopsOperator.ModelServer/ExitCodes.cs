namespace MlopsOperator.ModelServer;

/// <summary>What the exit code tells.</summary>
internal static class ExitCodes
{
    /// <summary>Told to stop, and stopped.</summary>
    public const int Stopped = 0;

    /// <summary>The address cannot be listened on.</summary>
    public const int CannotListen = 1;

    /// <summary>The environment is wrong.</summary>
    public const int WrongInput = 2;
}
