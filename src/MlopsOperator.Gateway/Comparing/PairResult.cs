namespace MlopsOperator.Gateway.Comparing;

/// <summary>What two answers to one request are to each other.</summary>
internal enum PairResult
{
    /// <summary>Every output agrees.</summary>
    Agree,

    /// <summary>Some output differs.</summary>
    Disagree,

    /// <summary>Stable answered; the candidate failed, or gave what is no number where stable gave one.</summary>
    CandidateError,

    /// <summary>The candidate answered; stable failed, or gave what is no number where the candidate gave one.</summary>
    StableError,

    /// <summary>Both failed: nothing can be said of the candidate.</summary>
    BothError,

    /// <summary>Names, datatypes or shapes of the outputs differ.</summary>
    Schema,
}
