using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Contracts;

public sealed class TypeNameTests
{
    /// <summary>No node may send these: they are the hub's own and the technician's at the hub.</summary>
    private static readonly Type[] NotSent = [typeof(ApplyRules), typeof(ApplyBookings), typeof(Tick), typeof(ForkJournal), typeof(RevokeLease)];

    [Fact]
    public void Every_command_has_its_name_or_is_the_hubs_own() =>
        Assert.Equal(KindsOf<Command>().Except(NotSent).Select(t => t.Name).Order(), Named<Command>().Select(t => t.Name).Order());

    [Fact]
    public void Every_event_has_its_name() =>
        Assert.Equal(KindsOf<Event>().Select(t => t.Name).Order(), Named<Event>().Select(t => t.Name).Order());

    [Fact]
    public void The_names_of_events_are_those_that_journals_hold()
    {
        var held = JournalLines().Select(line => JsonNode.Parse(line)!["type"]!.GetValue<string>());

        Assert.Equal(
            JournalJson.Info<Event>().PolymorphismOptions!.DerivedTypes.Select(d => (string)d.TypeDiscriminator!).Order(StringComparer.Ordinal),
            held.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_event_of_a_journal_is_read_and_written_again_without_loss()
    {
        foreach (var line in JournalLines())
        {
            Assert.True(JournalJson.TryRead<Event>(Encoding.UTF8.GetBytes(line), out var happened, out var fault), $"{fault} {line}");
            Assert.Equal(line, Encoding.UTF8.GetString(JournalJson.Write(happened)));
        }
    }

    [Fact]
    public void Every_property_of_every_event_is_in_the_journal()
    {
        // A property that no line shows would be lost unseen.
        foreach (var type in Named<Event>())
        {
            var shown = JournalLines().Select(l => JsonNode.Parse(l)!.AsObject()).Where(o => TypeOf(o) == Camel(type.Name)).SelectMany(o => o.Select(p => p.Key)).ToHashSet();
            foreach (var property in JournalJson.Options.GetTypeInfo(type).Properties)
            {
                Assert.True(shown.Contains(property.Name), $"{type.Name}.{property.Name} is in no line of golden/events.jsonl.");
            }
        }
    }

    private static IEnumerable<Type> KindsOf<T>() =>
        typeof(T).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(T)) && !t.IsAbstract);

    private static IEnumerable<Type> Named<T>() =>
        (typeof(T) == typeof(Event) ? JournalJson.Options : ContractJson.Options).GetTypeInfo(typeof(T))
        .PolymorphismOptions!.DerivedTypes.Select(d => d.DerivedType);

    private static string? TypeOf(JsonObject happened) => happened["type"]?.GetValue<string>();

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string[] JournalLines() =>
        File.ReadAllLines(RepositoryFolder.PathOf("tests", "EdgeQueue.Tests", "Contracts", "golden", "events.jsonl"));
}
