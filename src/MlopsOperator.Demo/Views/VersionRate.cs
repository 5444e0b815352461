using System.Runtime.InteropServices;

namespace MlopsOperator.Demo.Views;

/// <summary>What a version answers.</summary>
/// <param name="RequestsPerSecond">Answers a second.</param>
/// <param name="ErrorShare">Share of errors among them.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct VersionRate(double RequestsPerSecond, double ErrorShare);
