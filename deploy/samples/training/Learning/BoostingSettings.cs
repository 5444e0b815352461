namespace MlopsOperator.Samples.Training.Learning;

/// <summary>How trees are grown.</summary>
internal static class BoostingSettings
{
    /// <summary>Number of trees.</summary>
    public const int Trees = 80;

    /// <summary>Questions between root and leaf, at most.</summary>
    public const int Depth = 4;

    /// <summary>Share of each tree's answer that counts.</summary>
    public const double Rate = 0.1;

    /// <summary>Smallest sum of second derivatives in a leaf.</summary>
    public const double MinimumHessian = 10;

    /// <summary>Pulls leaves towards zero.</summary>
    public const double Lambda = 5;

    /// <summary>Smallest gain that is worth a question.</summary>
    public const double MinimumGain = 1e-6;

    /// <summary>Gains that differ by less are a tie, and the first feature and bin win: no platform decides otherwise.</summary>
    public const double Tie = 1e-9;
}
