using System.Reflection;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hub;

/// <summary>The version that this executable was built as.</summary>
internal static class HubVersion
{
    public static string Text { get; } =
        typeof(HubVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Of the system image of the hub's device; null: none of ours.</summary>
    public static string? Image { get; } = ImageVersion.Read();
}
