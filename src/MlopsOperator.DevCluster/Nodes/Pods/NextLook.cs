namespace MlopsOperator.DevCluster.Nodes.Pods;

/// <summary>Collects when a pod has to be looked at again: the earliest of all times named.</summary>
internal sealed class NextLook
{
    public DateTimeOffset? At { get; private set; }

    public void By(DateTimeOffset? time)
    {
        if (time is not null && (At is null || time < At))
        {
            At = time;
        }
    }
}
