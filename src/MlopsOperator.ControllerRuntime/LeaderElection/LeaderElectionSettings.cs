using System.Globalization;

namespace MlopsOperator.ControllerRuntime.LeaderElection;

/// <summary>The lease that processes of an operator compete for. The times are client-go's.</summary>
public sealed record LeaderElectionSettings
{
    /// <summary>How much longer than <see cref="RetryPeriod"/> a pause may be.</summary>
    internal const double Jitter = 1.2;

    /// <summary>Namespace of the Lease. Default: the operator's own namespace setting, else default.</summary>
    public string? LeaseNamespace { get; set; }

    /// <summary>Name of the Lease. Default: the operator's name.</summary>
    public string? LeaseName { get; set; }

    /// <summary>How long others leave a lease alone that does not change. At least a second, in whole seconds. Default: 15 s.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A leader that could not renew for this long leads no more. Default: 10 s.</summary>
    public TimeSpan RenewDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two attempts to get or renew the lease; up to a fifth more, at random. Default: 2 s.</summary>
    public TimeSpan RetryPeriod { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Throws <see cref="ArgumentException"/> unless duration > deadline > retry period with jitter: else two could lead, or none for long.</summary>
    internal void Check()
    {
        if (RetryPeriod <= TimeSpan.Zero)
        {
            throw new ArgumentException(Found(nameof(RetryPeriod), RetryPeriod, "more than 0 s"));
        }

        if (RenewDeadline <= RetryPeriod * Jitter)
        {
            throw new ArgumentException(Found(nameof(RenewDeadline), RenewDeadline, string.Create(CultureInfo.InvariantCulture, $"more than {Jitter} x {nameof(RetryPeriod)} ({RetryPeriod.TotalSeconds} s)")));
        }

        if (LeaseDuration <= RenewDeadline || LeaseDuration.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentException(Found(nameof(LeaseDuration), LeaseDuration, string.Create(CultureInfo.InvariantCulture, $"whole seconds, more than {nameof(RenewDeadline)} ({RenewDeadline.TotalSeconds} s)")));
        }
    }

    private static string Found(string field, TimeSpan found, string expected) =>
        string.Create(CultureInfo.InvariantCulture, $"leader election: {field} is {found.TotalSeconds} s; expected {expected}");
}
