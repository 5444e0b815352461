using System.Globalization;
using System.Text.RegularExpressions;
using k8s.Models;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.LeaderElection;

/// <summary>
/// Gets, renews and releases a Lease, after client-go. A lease of another is over when its content has not changed for its duration by this
/// process's own monotonic clock; the times inside it are never read, as clocks differ.
/// </summary>
internal sealed partial class LeaderElector
{
    private readonly LeaderElectionSettings _settings;
    private readonly Leadership _leadership;
    private readonly TimeProvider _time;
    private readonly IRandomSource _random;
    private readonly RuntimeMetrics _metrics;
    private readonly ILogger _logger;
    private readonly LeaseClient _leases;
    private readonly string _name;
    private V1Lease? _observed;
    private long _observedAt;
    private string? _reportedHolder;

    public LeaderElector(OperatorSettings settings, Leadership leadership, IKubernetesTransport transport, TimeProvider time, IRandomSource random, RuntimeMetrics metrics, ILogger<LeaderElector> logger)
    {
        _settings = settings.LeaderElection ?? throw new InvalidOperationException("Leader election is off.");
        _leadership = leadership;
        _time = time;
        _random = random;
        _metrics = metrics;
        _logger = logger;
        _name = _settings.LeaseName ?? settings.Name.Replace('/', '-').Replace('_', '-').ToLowerInvariant();
        if (!LeaseName().IsMatch(_name))
        {
            throw new InvalidOperationException($"leader election: the Lease would be named \"{_name}\"; expected lower-case letters, digits, - and . with a letter or digit at both ends: set LeaseName");
        }

        _leases = new LeaseClient(transport, _settings.LeaseNamespace ?? settings.Namespace ?? "default", _name);
        Span<byte> unique = stackalloc byte[8];
        random.Fill(unique);
        Identity = $"{settings.Instance ?? settings.Name}_{Convert.ToHexStringLower(unique)}";
        Report(leads: false);
    }

    /// <summary>Name of this process in the lease; new with each start, so that a restarted pod does not take itself for its predecessor.</summary>
    public string Identity { get; }

    /// <summary>Returns once this process leads.</summary>
    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        Log.Standby(_logger, Identity, _leases.Subject);
        while (!await AttemptAsync(cancellationToken))
        {
            await _time.DelayAsync(Pause(), cancellationToken);
        }

        Report(leads: true);
        Log.Leads(_logger, Identity, _leases.Subject);
    }

    /// <summary>Renews until cancelled. Throws <see cref="LeadershipLostException"/> when the lease is lost.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _leadership.Lost);
        try
        {
            while (true)
            {
                await _time.DelayAsync(Pause(), either.Token);
                await AttemptAsync(either.Token);
                if (!_leadership.Holds)
                {
                    throw Lost();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // All work has ended.
        }
        catch (OperationCanceledException) when (_leadership.Lost.IsCancellationRequested)
        {
            throw Lost();
        }
    }

    /// <summary>Gives the lease up, so that a successor need not wait until it is over. Call when nothing works any more. Does not throw for a refusal.</summary>
    public async Task ReleaseAsync()
    {
        var held = _leadership.Holds;
        _leadership.End();
        Report(leads: false);
        if (!held || _observed is not { } lease)
        {
            return;
        }

        // What got no answer may still be done: a successor must not work meanwhile. The lease lasts longer than that.
        if (_leadership.UntilSettled(_settings.LeaseDuration - _settings.RenewDeadline) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, _time, CancellationToken.None);
        }

        using var deadline = new CancellationTokenSource(_settings.RetryPeriod, _time);
        try
        {
            // A renewal whose answer was not awaited may have arrived: then it is read again, once.
            var released = await EmptyAsync(lease, deadline.Token)
                || (await _leases.ReadAsync(deadline.Token) is { } current && IsOurs(current) && await EmptyAsync(current, deadline.Token));
            if (released)
            {
                Log.Released(_logger, Identity, _leases.Subject);
            }
            else
            {
                Log.NotReleased(_logger, _leases.Subject, "another wrote to it");
            }
        }
        catch (Exception exception) when (exception is ApiException or TransportException or OperationCanceledException)
        {
            Log.NotReleased(_logger, _leases.Subject, exception.Message);
        }
    }

    private async Task<bool> EmptyAsync(V1Lease lease, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var nobody = new V1LeaseSpec { HolderIdentity = string.Empty, LeaseDurationSeconds = 1, AcquireTime = now, RenewTime = now, LeaseTransitions = lease.Spec?.LeaseTransitions ?? 0 };
        return await _leases.ReplaceAsync(lease, nobody, cancellationToken) is not null;
    }

    private bool IsOurs(V1Lease? lease) => string.Equals(lease?.Spec?.HolderIdentity, Identity, StringComparison.Ordinal);

    /// <summary>One try, at most half of the renew deadline long. False when another holds the lease, or no answer came.</summary>
    private async Task<bool> AttemptAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_settings.RenewDeadline / 2, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await TryOwnAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.AttemptFailed(_logger, _leases.Subject, "no answer in time");
        }
        catch (Exception exception) when (exception is ApiException or TransportException)
        {
            Log.AttemptFailed(_logger, _leases.Subject, exception.Message);
        }

        return false;
    }

    private async Task<bool> TryOwnAsync(CancellationToken cancellationToken)
    {
        if (_leadership.Holds && _observed is { } known && await WriteAsync(known, cancellationToken))
        {
            return true;
        }

        var current = await _leases.ReadAsync(cancellationToken);
        if (current is not null)
        {
            Observe(current);
            if (IsHeldByAnother(current))
            {
                if (_leadership.Holds)
                {
                    // Taken although our clock still counts: another's word is enough to stop at once.
                    _leadership.End();
                }

                return false;
            }
        }

        return await WriteAsync(current, cancellationToken);
    }

    private async Task<bool> WriteAsync(V1Lease? before, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var isOurs = IsOurs(before);
        var spec = new V1LeaseSpec
        {
            HolderIdentity = Identity,
            LeaseDurationSeconds = (int)_settings.LeaseDuration.TotalSeconds,
            AcquireTime = isOurs ? before!.Spec.AcquireTime : now,
            RenewTime = now,
            LeaseTransitions = (before?.Spec?.LeaseTransitions ?? 0) + (before is null || isOurs ? 0 : 1),
        };

        // From before the request: others count from when they see it, which is later.
        var sent = _time.GetTimestamp();
        var written = before is null
            ? await _leases.CreateAsync(spec, cancellationToken)
            : await _leases.ReplaceAsync(before, spec, cancellationToken);
        if (written is null)
        {
            _observed = null;
            return false;
        }

        Observe(written);
        return _leadership.Extend(sent, _settings.RenewDeadline);
    }

    private void Observe(V1Lease lease)
    {
        if (_observed is null
            || !string.Equals(_observed.Metadata.ResourceVersion, lease.Metadata.ResourceVersion, StringComparison.Ordinal)
            || !string.Equals(_observed.Metadata.Uid, lease.Metadata.Uid, StringComparison.Ordinal))
        {
            _observedAt = _time.GetTimestamp();
        }

        _observed = lease;
        var holder = lease.Spec?.HolderIdentity ?? string.Empty;
        if (!string.Equals(holder, _reportedHolder, StringComparison.Ordinal))
        {
            _reportedHolder = holder;
            Log.Holder(_logger, _leases.Subject, holder.Length == 0 ? "nobody" : holder);
        }
    }

    private bool IsHeldByAnother(V1Lease lease) =>
        lease.Spec?.HolderIdentity is { Length: > 0 } holder
        && !string.Equals(holder, Identity, StringComparison.Ordinal)
        && _time.GetElapsedTime(_observedAt) < (lease.Spec.LeaseDurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : _settings.LeaseDuration);

    private TimeSpan Pause() => _settings.RetryPeriod * (1 + ((LeaderElectionSettings.Jitter - 1) * _random.NextDouble()));

    private LeadershipLostException Lost()
    {
        _leadership.End();
        Report(leads: false);
        Log.Lost(_logger, Identity, _leases.Subject);
        return new LeadershipLostException(string.Create(
            CultureInfo.InvariantCulture,
            $"{Identity} has lost {_leases.Subject}: it is held by {(_reportedHolder is { Length: > 0 } ? _reportedHolder : "nobody")}, or was not renewed within {_settings.RenewDeadline.TotalSeconds} s; the process ends, another takes over"));
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LeaseName();

    private void Report(bool leads) => _metrics.MasterStatus.WithLabels(_name).Set(leads ? 1 : 0);
}
