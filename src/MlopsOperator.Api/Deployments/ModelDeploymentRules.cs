using MlopsOperator.Api.Validation;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Deployments;

/// <summary>What a ModelDeployment must be.</summary>
public static class ModelDeploymentRules
{
    /// <summary>Checks a deployment: its name, for its children's names are made of it, and its spec.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <returns>All that is wrong, in the order of the fields; empty when nothing is.</returns>
    public static IReadOnlyList<Problem> Check(ModelDeployment deployment)
    {
        var problems = new List<Problem>();
        if (!ResourceNames.IsDeploymentName(deployment.Metadata.Name))
        {
            problems.Add(new Problem("metadata.name", deployment.Metadata.Name, ResourceNames.ExpectedDeployment, "create it under another name"));
        }

        FieldRules.Check(deployment.Spec, "spec", problems);
        if (deployment.Spec.Template is { } template)
        {
            LabelRules.Check(template.Labels, "spec.template.labels", hasLabelValues: true, problems);
            LabelRules.Check(template.Annotations, "spec.template.annotations", hasLabelValues: false, problems);
            LabelRules.Check(template.NodeSelector, "spec.template.nodeSelector", hasLabelValues: true, problems);
        }

        return problems;
    }
}
