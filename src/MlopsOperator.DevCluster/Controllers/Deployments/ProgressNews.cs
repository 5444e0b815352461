namespace MlopsOperator.DevCluster.Controllers.Deployments;

/// <summary>What the condition Progressing is told at once, without waiting for counts.</summary>
/// <param name="Status">True, False or Unknown.</param>
/// <param name="Reason">A word for programs.</param>
/// <param name="Message">A sentence for people.</param>
internal sealed record ProgressNews(string Status, string Reason, string Message);
