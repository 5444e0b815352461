using MlopsOperator.Api.Deployments;

namespace MlopsOperator.Operator.Deployments;

/// <summary>Stable's history as the scraper accumulates it between rollouts.</summary>
internal interface IBaselineSource
{
    /// <summary>The history of a revision of a deployment, continued from the saved one; null while there is none.</summary>
    BaselineEvidence? Current(string @namespace, string name, string revision);
}
