using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Commands;

/// <summary>What all commands on a journal do alike.</summary>
internal static class Journals
{
    /// <summary>Tells a journal's fault as a sentence and not as a stack of calls.</summary>
    public static int Try(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (JournalException e)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.Journal;
        }
    }
}
