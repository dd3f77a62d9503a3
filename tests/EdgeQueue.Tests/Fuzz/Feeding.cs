using System.Text;

namespace EdgeQueue.Tests.Fuzz;

/// <summary>
/// Feeds a parser with changed inputs. The corpus is a seed and its honest inputs: the same inputs in the same order, always, and a failing
/// one is named by its number.
/// </summary>
/// <remarks>What is kept is counted over the whole process: the tests that feed run alone (<see cref="Fed"/>).</remarks>
internal static class Feeding
{
    public static void Feed(int seed, IReadOnlyList<byte[]> honest, int inputs, Action<byte[]> parser)
    {
        var mutator = new Mutator(seed, honest);
        long warm = 0;
        for (int i = 0; i < inputs; i++)
        {
            byte[] input = mutator.Next();
            try
            {
                parser(input);
            }
            catch (Exception broke)
            {
                Assert.Fail($"input {i} of seed {seed} breaks it: {broke}\n{Encoding.UTF8.GetString(input)}\n{Convert.ToHexString(input)}");
            }

            if (i == inputs / 10)
            {
                warm = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        long kept = GC.GetTotalMemory(forceFullCollection: true) - warm;
        Assert.True(kept < 32L * 1024 * 1024, $"{kept} bytes more are kept after {inputs} inputs than after a tenth of them");
    }
}

/// <summary>Nothing runs beside these: another test's memory would count as theirs.</summary>
[CollectionDefinition(nameof(Fed), DisableParallelization = true)]
public sealed class Fed;
