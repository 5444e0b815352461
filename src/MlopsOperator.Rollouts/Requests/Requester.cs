using System.Globalization;
using System.Text;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Rollouts.Requests;

/// <summary>Who asks, as messages say it. Both name and reason are written by whoever may create requests.</summary>
internal static class Requester
{
    /// <summary>Such as <c>jane@example.com (unverified)</c>.</summary>
    internal static string Name(string? by) => string.IsNullOrWhiteSpace(by) ? "somebody who gave no name" : $"{Line(by)} (unverified)";

    /// <summary>Such as <c>Abort by jane@example.com (unverified): wrong model</c>.</summary>
    internal static string Of(PendingRequest request) => $"{request.Spec.Action} by {Name(request.Spec.RequestedBy)}{Because(request.Spec.Reason)}";

    /// <summary>Who has had the last request of a kind honoured, and when; empty where nobody has.</summary>
    internal static string Last(Situation situation, RequestAction action) =>
        situation.Record.Requests?.LastOrDefault(r => r.Action == action && r.Phase is RequestPhase.Honoured) is { } last ? Told(last) : "";

    /// <summary>Such as <c> (jane@example.com (unverified) at 2026-…, request abort-1)</c>.</summary>
    private static string Told(RecordedRequest request) => $" ({Name(request.By)} at {Texts.Time(request.Time)}, request {request.Name})";

    internal static string Because(string? reason) => string.IsNullOrWhiteSpace(reason) ? "" : ": " + Limits.Cut(Line(reason), Limits.Reason);

    /// <summary>In one line: line breaks and direction marks would let a name rewrite what stands around it.</summary>
    private static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var breaks = char.IsControl(character)
                || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            line.Append(breaks ? ' ' : character);
        }

        return line.ToString();
    }
}
