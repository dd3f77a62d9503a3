using System.Collections;
using System.Globalization;
using System.Reflection;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Support;

/// <summary>Everything that an event says, lists included, as one line: what tests compare.</summary>
internal static class EventText
{
    public static string Of(object? value) => value switch
    {
        null => "-",
        string text => $"\"{text}\"",
        Moment moment => (moment - Say.Opening).ToString("c", CultureInfo.InvariantCulture),
        IConvertible plain => plain.ToString(CultureInfo.InvariantCulture),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Of))}]",
        _ => $"{value.GetType().Name}({string.Join(", ", value.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.GetIndexParameters().Length == 0)
            .Select(p => $"{p.Name}: {Of(p.GetValue(value))}"))})",
    };

    public static string[] Of(IEnumerable<Event> events) => [.. events.Select(e => Of((object)e))];
}
