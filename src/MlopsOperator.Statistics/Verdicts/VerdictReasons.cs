namespace MlopsOperator.Statistics.Verdicts;

/// <summary>Why a verdict is what it is, in a word.</summary>
public static class VerdictReasons
{
    /// <summary>Fail: the wealth that was bet on harm reached 1/alpha.</summary>
    public const string EvidenceOfHarm = "EvidenceOfHarm";

    /// <summary>Pass: the wealth that was bet on health reached 1/beta, and no gate holds it back.</summary>
    public const string EvidenceOfHealth = "EvidenceOfHealth";

    /// <summary>Unknown: the candidate had no requests.</summary>
    public const string NoTraffic = "NoTraffic";

    /// <summary>Unknown: stable had no requests to compare with.</summary>
    public const string NoBaseline = "NoBaseline";

    /// <summary>Unknown: fewer blocks than a Pass needs.</summary>
    public const string TooFewBlocks = "TooFewBlocks";

    /// <summary>Unknown: the evidence points neither way yet.</summary>
    public const string MoreNeeded = "MoreNeeded";

    /// <summary>Unknown: the candidate's errors come in larger clumps than stable's, so that a Pass could be wrong.</summary>
    public const string ErrorsClumped = "ErrorsClumped";

    /// <summary>Unknown: the candidate's rate so far is at or over the limit.</summary>
    public const string EstimateOverLimit = "EstimateOverLimit";

    /// <summary>Unknown: the newest block made no sense (NaN, negative counts, more errors than requests).</summary>
    public const string InvalidData = "InvalidData";

    /// <summary>Unknown: no history of stable from before the rollout says how large clumps of errors get, and the rollout's own is too short.</summary>
    public const string NoHistory = "NoHistory";

    /// <summary>Unknown: stable is out as well.</summary>
    public const string SharedOutage = "SharedOutage";

    /// <summary>Unknown: stable's rate is over 20 %, where a ratio of odds is no ratio of rates.</summary>
    public const string HighRate = "HighRate";
}
