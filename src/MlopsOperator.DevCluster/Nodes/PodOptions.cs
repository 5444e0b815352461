using System.IO.Enumeration;

namespace MlopsOperator.DevCluster.Nodes;

/// <summary>
/// What runs behind which pods: rules by image, label and name. Where several match, the one that was set last holds; the default holds
/// where none does. Rules may be changed while the cluster runs: pods that are there follow at once.
/// </summary>
public sealed class PodOptions
{
    private readonly Lock gate = new();
    private readonly List<PodSelection> selections = [];
    private PodRule? fallback = new();

    /// <summary>Raised after each change of a rule.</summary>
    internal event EventHandler? Changed;

    /// <summary>Path of a kubeconfig that processes get as KUBECONFIG in place of the service account token; null: none.</summary>
    internal string? KubeconfigPath { get; set; }

    /// <summary>Folder under which the node keeps volumes and logs. By default a new folder below the system's temporary one, removed at the end.</summary>
    public string? Root { get; set; }

    /// <summary>Labels of the node, which nodeSelectors are held against, beside kubernetes.io/hostname, /os and /arch.</summary>
    public IDictionary<string, string> NodeLabels { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The rule of pods that no other rule matches. Without this call: scripted, ready at once.</summary>
    public PodOptions Default(Action<PodRule> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var rule = new PodRule();
        configure(rule);
        lock (gate)
        {
            fallback = rule;
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return this;
    }

    /// <summary>An image that no rule matches cannot be pulled (ErrImagePull, ImagePullBackOff); the message lists what is known.</summary>
    public PodOptions RefuseUnknownImages()
    {
        lock (gate)
        {
            fallback = null;
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return this;
    }

    /// <summary>Containers whose image matches; <c>*</c> stands for any text.</summary>
    public PodOptions Image(string pattern, Action<PodRule> configure) => Set(new PodSelection(Image: pattern), configure);

    /// <summary>All containers of pods with this label.</summary>
    public PodOptions Label(string key, string value, Action<PodRule> configure) => Set(new PodSelection(Label: key, Value: value), configure);

    /// <summary>All containers of pods whose name matches; <c>*</c> stands for any text.</summary>
    public PodOptions Name(string pattern, Action<PodRule> configure) => Set(new PodSelection(Name: pattern), configure);

    /// <summary>The rule for a container, or null: its image is unknown.</summary>
    internal PodRule? Find(string podName, IReadOnlyDictionary<string, string> labels, string image)
    {
        lock (gate)
        {
            var match = selections.FindLast(selection => selection.Matches(podName, labels, image));
            return match?.Rule ?? fallback;
        }
    }

    /// <summary>Image patterns, for the message about an image that is unknown.</summary>
    internal IReadOnlyList<string> KnownImages()
    {
        lock (gate)
        {
            return [.. selections.Where(selection => selection.Image is not null).Select(selection => selection.Image!).Order(StringComparer.Ordinal)];
        }
    }

    private PodOptions Set(PodSelection selection, Action<PodRule> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var rule = new PodRule();
        configure(rule);
        lock (gate)
        {
            selections.RemoveAll(other => other with { Rule = null } == selection);
            selections.Add(selection with { Rule = rule });
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return this;
    }

    private sealed record PodSelection(string? Image = null, string? Label = null, string? Value = null, string? Name = null, PodRule? Rule = null)
    {
        public bool Matches(string podName, IReadOnlyDictionary<string, string> labels, string image) =>
            (Image is null || FileSystemName.MatchesSimpleExpression(Image, image, ignoreCase: false))
            && (Label is null || (labels.TryGetValue(Label, out var value) && string.Equals(value, Value, StringComparison.Ordinal)))
            && (Name is null || FileSystemName.MatchesSimpleExpression(Name, podName, ignoreCase: false));
    }
}
